"""Lists, filters and look-ups of companies, each as far as its reader may know them."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.records.models import Record
from concord.records.sorting import normalised
from concord.timeline.mentions import readable_by
from concord.timeline.models import Entry, TimelineLink
from modules.crm.companies.models import Company
from modules.crm.companies.policy import COMPANIES
from modules.crm.matching import email_key, name_key, phone_digits, phone_key

FEWEST_DIGITS = 3
MOST_DUPLICATES = 5


class Side(StrEnum):
    """The two lists a company can stand on; also the first part of their addresses."""

    CUSTOMERS = "customers"
    SUPPLIERS = "suppliers"

    @property
    def condition(self) -> ColumnElement[bool]:
        return (Company.is_customer if self is Side.CUSTOMERS else Company.is_supplier).is_(True)


def named(text: str) -> ColumnElement[bool]:
    """SQL: the name holds `text` (as written, or its pinyin), or the phone number these digits."""
    needle = normalised(text)
    joined = needle.replace(" ", "")
    found: list[ColumnElement[bool]] = [
        Record.sort_key.contains(needle, autoescape=True),
        func.replace(Record.sort_key, " ", "").contains(joined, autoescape=True),
    ]
    digits = phone_digits(text)
    if len(digits) >= FEWEST_DIGITS:
        found.append(Company.phone_key.contains(digits))
    return or_(*found)


def search(session: Session, actor: Actor, query: Select[Any], text: str) -> Select[Any]:
    """A list narrowed by `q`."""
    return query.where(named(text))


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
