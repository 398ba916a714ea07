"""What the page of a company shows, loaded in a number of statements that does not grow."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.errors import NotFound
from concord.identity.models import User
from concord.nouns.showing import shown_facts
from concord.prepared import RECORD, execute
from concord.records.access import LARGEST_ID
from concord.records.models import Record
from concord.records.panels import load_panels
from concord.records.slots import RECORD_ASIDE
from concord.timeline import panel as timeline
from modules.crm.aside import COMPANY_ASIDE, COMPANY_MENU
from modules.crm.companies.models import Company
from modules.crm.companies.policy import COMPANIES
from modules.crm.companies.schemas import form_of
from modules.crm.contacts.queries import contacts_of
from modules.crm.permissions import WRITING, Crm

Context: TypeAlias = dict[str, Any]

ASIDE = (RECORD_ASIDE, COMPANY_ASIDE)
FACTS = (
    "industry", "city", "phone", "email", "website", "employees", "customer_since", "source",
    "tier", "state", "credit_limit", "payment_terms_days", "notes",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Powers:
    """What the reader may do with the company at hand."""

    write: bool
    archive: bool
    add_contacts: bool


@dataclass(frozen=True, slots=True)
class Owner:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A company in its reader's hands."""

    company: Company
    owner: Owner | None
    powers: Powers


def opened(session: Session, actor: Actor, record_id: int) -> Opened:
    """The company, who looks after it and what the reader may do: one statement, or NotFound."""
    row = execute(session, _opened, actor, record_id=min(record_id, LARGEST_ID)).one_or_none()
    if row is None:
        raise NotFound
    company, owner_id, owner_name, *answers = row
    holds = dict(zip(WRITING, answers, strict=True))
    powers = Powers(
        write=holds[Crm.COMPANY_WRITE],
        archive=holds[Crm.COMPANY_ARCHIVE],
        add_contacts=holds[Crm.CONTACT_WRITE],
    )
    return Opened(company, Owner(owner_id, owner_name) if owner_id else None, powers)


def _opened(actor: Actor) -> Select[Any]:
    query: Select[Any] = COMPANIES.visible(actor).where(Record.id == RECORD)
    query = query.outerjoin(User, User.id == Company.owner_id)
    asked = COMPANIES.permission_columns(actor, WRITING)
    return query.add_columns(User.id, User.name, *asked.values())


def whole_page(
    session: Session, actor: Actor, found: Opened, arguments: Mapping[str, str]
) -> Context:
    return {
        **moving(session, actor, found),
        "panels": load_panels(ASIDE, session, actor, found.company),
        **timeline.context(session, actor, found.company, arguments),
    }


def moving(session: Session, actor: Actor, found: Opened) -> Context:
    """What is loaded again when something on the company moved."""
    return {
        **head(session, actor, found),
        **facts(actor, found),
        **contacts(session, actor, found),
    }


def head(session: Session, actor: Actor, found: Opened) -> Context:
    new = load_panels((COMPANY_MENU,), session, actor, found.company)
    return {**_shared(found), "owner": found.owner, "new": new}


def facts(actor: Actor, found: Opened) -> Context:
    return {**_shared(found), "facts": shown_facts(form_of(actor), found.company, FACTS)}


def contacts(session: Session, actor: Actor, found: Opened) -> Context:
    return {
        **_shared(found),
        "contacts": contacts_of(session, actor, found.company),
        "reads_contacts": actor.may(Crm.CONTACT_READ),
    }


def _shared(found: Opened) -> Context:
    return {"record": found.company, "powers": found.powers}
