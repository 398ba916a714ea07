"""Contacts in the REST API."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.api.collection import Collection, Filter
from concord.errors import Invalid, NotFound
from concord.records.access import get
from concord.records.models import Record
from concord.records.sorting import normalised
from modules.crm.companies.models import Company
from modules.crm.contacts.actions import add_contact, archive_contact, change_contact
from modules.crm.contacts.models import Contact
from modules.crm.contacts.policy import CONTACTS
from modules.crm.contacts.queries import search
from modules.crm.contacts.schemas import ContactIn, ContactOut
from modules.crm.matching import phone_digits
from modules.crm.permissions import Crm


def create_contact(session: Session, actor: Actor, values: dict[str, Any]) -> Contact:
    """Add a contact to the company that `values` name, if the caller may."""
    rest = dict(values)
    company_id = rest.pop("company_id")
    try:
        company = get(session, actor, Company, company_id, permission=Crm.CONTACT_WRITE)
    except NotFound:
        raise Invalid({"company_id": [_("There is no such company.")]}) from None
    return add_contact(session, actor, company, rest)


CONTACT_COLLECTION = Collection(
    name="contacts",
    kind="contact",
    model=Contact,
    policy=CONTACTS,
    permission_read=Crm.CONTACT_READ,
    permission_write=Crm.CONTACT_WRITE,
    permission_archive=Crm.CONTACT_ARCHIVE,
    out_schema=ContactOut,
    in_schema=ContactIn,
    create=create_contact,
    update=change_contact,
    archive=archive_contact,
    filters={
        "id": Record.id,
        "company_id": Record.company_id,
        "name": Record.title,
        "title": Contact.job_title,
        "role": Contact.role,
        "importance": Contact.importance,
        "phone": Filter(Contact.phone, Contact.phone_key, phone_digits),
        "email": Filter(Contact.email, Contact.email_key, normalised),
        "birthday": Contact.birthday,
        "owner_id": Record.owner_id,
        "team_id": Record.team_id,
        "created_at": Record.created_at,
        "updated_at": Record.updated_at,
    },
    sorts={
        "name": Record.sort_key,
        "created_at": Record.created_at,
        "updated_at": Record.updated_at,
        "birthday": Contact.birthday,
    },
    search=search,
)
