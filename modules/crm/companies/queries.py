"""Lists, filters and look-ups of companies, each as far as its reader may know them."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.records.models import Record
from concord.records.sorting import normalised
from concord.records.titles import narrowed
from concord.timeline.mentions import readable_by
from concord.timeline.models import Entry, TimelineLink
from modules.crm.companies.models import Company
from modules.crm.companies.policy import COMPANIES
from modules.crm.matching import email_key, name_key, phone_key, phoned

MOST_DUPLICATES = 5


class Side(StrEnum):
    """The two lists a company can stand on; also the first part of their addresses."""

    CUSTOMERS = "customers"
    SUPPLIERS = "suppliers"

    @property
    def condition(self) -> ColumnElement[bool]:
        return (Company.is_customer if self is Side.CUSTOMERS else Company.is_supplier).is_(True)


def search(session: Session, actor: Actor, query: Select[Any], text: str) -> Select[Any]:
    """A list narrowed by `q`: part of the name or its pinyin, however either is spaced, or digits
    of the phone number."""
    joined = normalised(text).replace(" ", "")
    title = func.replace(Record.sort_key, " ", "").contains(joined, autoescape=True)
    return narrowed(session, query, "company", title, *phoned(Company, text))


def find_duplicates(
    session: Session, actor: Actor, *, name: str, phone: str | None, email: str | None
) -> list[Company]:
    """Companies the actor may see that share a name, a phone number or an e-mail address."""
    keys = (
        (Company.name_key, name_key(name)),
        (Company.phone_key, phone_key(phone)),
        (Company.email_key, email_key(email)),
    )
    same = [column == key for column, key in keys if key]
    if not same:
        return []
    query = COMPANIES.visible(actor).where(or_(*same))
    return list(session.scalars(query.order_by(Record.sort_key, Record.id).limit(MOST_DUPLICATES)))


def last_activity(actor: Actor) -> Any:
    """SQL: when something the actor may read last happened on the company's timeline."""
    return (
        select(Entry.at)
        .join(TimelineLink, TimelineLink.entry_id == Entry.id)
        .where(TimelineLink.record_id == Record.id, readable_by(actor))
        .order_by(TimelineLink.position.desc())
        .limit(1)
        .correlate(Record)
        .scalar_subquery()
    )
