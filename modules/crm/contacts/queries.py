"""Contacts of a company, as far as their reader may know them."""

from typing import Any

from sqlalchemy import Select, case
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.prepared import RECORD, execute
from concord.records.models import Record
from concord.records.titles import narrowed, titled
from modules.crm.companies.models import Company
from modules.crm.contacts.models import IMPORTANCES, Contact
from modules.crm.contacts.policy import CONTACTS
from modules.crm.matching import phoned

MOST_SHOWN = 100
BY_IMPORTANCE = case(
    {name: place for place, name in enumerate(IMPORTANCES)}, value=Contact.importance
)


def contacts_of(session: Session, actor: Actor, company: Company) -> list[Contact]:
    """The people at a company, key people first."""
    if not actor.may(CONTACTS.read):
        return []
    return list(execute(session, _people, actor, record_id=company.id).scalars())


def _people(actor: Actor) -> Select[Any]:
    query = CONTACTS.visible(actor).where(Contact.company_id == RECORD)
    return query.order_by(BY_IMPORTANCE, Record.sort_key, Record.id).limit(MOST_SHOWN)


def search(session: Session, actor: Actor, query: Select[Any], text: str) -> Select[Any]:
    """A list narrowed by `q`: part of the name or its pinyin, or digits of the phone number."""
    return narrowed(session, query, "contact", titled(text), *phoned(Contact, text))
