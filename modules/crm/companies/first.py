"""Whether a new house has its first customer."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from modules.crm.companies.models import Company


def has_customers(session: Session, _actor: Actor) -> bool:
    return bool(session.scalar(select(exists().where(Company.is_customer))))
