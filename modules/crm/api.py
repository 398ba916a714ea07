"""What other modules may use of the CRM."""

from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.errors import NotFound
from concord.records.access import get
from modules.crm.aside import COMPANY_ASIDE, COMPANY_MENU
from modules.crm.companies.actions import (
    archive_company,
    assign_company,
    change_company,
    create_company,
    restore_company,
)
from modules.crm.companies.models import Company
from modules.crm.contacts.actions import add_contact, archive_contact, change_contact
from modules.crm.contacts.models import Contact
from modules.crm.contacts.queries import contacts_of
from modules.crm.permissions import Crm


def conversation_record(session: Session, actor: Actor) -> Company:
    """The record on which a person outside talks with us: the company they act for."""
    if actor.company_id is None:
        raise NotFound
    return get(session, actor, Company, actor.company_id)


__all__ = [
    "COMPANY_ASIDE",
    "COMPANY_MENU",
    "Company",
    "Contact",
    "Crm",
    "add_contact",
    "archive_company",
    "archive_contact",
    "assign_company",
    "change_company",
    "change_contact",
    "contacts_of",
    "conversation_record",
    "create_company",
    "restore_company",
]
