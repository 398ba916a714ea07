"""Everything that changes a contact; each stands on the contact's timeline and the company's."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.editing import Changed, edit
from concord.facts.record import Link
from concord.facts.record import record as record_fact
from concord.facts.types import Fact
from concord.facts.wording import said
from concord.records import actions as records
from modules.crm.companies.models import Company
from modules.crm.contacts.facts import (
    WORDS,
    ContactAdded,
    ContactArchived,
    ContactChanged,
    ContactRestored,
)
from modules.crm.contacts.models import Contact


def add_contact(
    session: Session, actor: Actor, company: Company, values: Mapping[str, Any]
) -> Contact:
    """Add a person who works at `company`; the company's owner looks after them too."""
    contact = Contact(
        **values, company_id=company.id, owner_id=company.owner_id, team_id=company.team_id
    )
    records.create(session, actor, contact)
    _say(session, actor, contact, ContactAdded(title=contact.title))
    return contact


def change_contact(
    session: Session,
    actor: Actor,
    contact: Contact,
    changes: Mapping[str, Any],
    originals: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
) -> Changed:
    """Change fields; gives what really changed. Raises Conflict or Stale before any of it."""
    changed = edit(session, contact, changes, originals, expected_version)
    if changed:
        en, zh = said(changed, WORDS)
        fact = ContactChanged(title=contact.title, fields=tuple(changed), said_en=en, said_zh=zh)
        _say(session, actor, contact, fact)
    return changed


def archive_contact(session: Session, actor: Actor, contact: Contact) -> None:
    records.archive(session, actor, contact)
    _say(session, actor, contact, ContactArchived(title=contact.title))


def restore_contact(session: Session, actor: Actor, contact: Contact) -> None:
    records.restore(session, actor, contact)
    _say(session, actor, contact, ContactRestored(title=contact.title))


def _say(session: Session, actor: Actor, contact: Contact, fact: Fact) -> None:
    links = [Link(contact)]
    if contact.company_id is not None:
        links.append(Link(session.get_one(Company, contact.company_id)))
    record_fact(session, actor, fact, subject=contact, links=links)
