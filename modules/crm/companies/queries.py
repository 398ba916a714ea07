"""Lists, filters and look-ups of companies, each as far as its reader may know them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.database.paging import Page, page_of_rows
from concord.errors import Invalid
from concord.identity.models import User
from concord.records.models import Record
from concord.records.sorting import normalised
from concord.timeline.mentions import readable_by
from concord.timeline.models import Entry, TimelineLink
from modules.crm.companies.models import TIERS, Company
from modules.crm.companies.policy import COMPANIES
from modules.crm.matching import email_key, name_key, phone_digits, phone_key

PAGE = 50
FEWEST_DIGITS = 3
LONGEST_SEARCH = 100
MOST_DUPLICATES = 5


class Side(StrEnum):
    """The two lists a company can stand on; also the first part of their addresses."""

    CUSTOMERS = "customers"
    SUPPLIERS = "suppliers"

    @property
    def condition(self) -> ColumnElement[bool]:
        return (Company.is_customer if self is Side.CUSTOMERS else Company.is_supplier).is_(True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a list is narrowed to; `query()` writes it as the address's own part."""

    q: str = ""
    tier: str = ""
    owner: int | None = None
    mine: bool = False

    @property
    def given(self) -> bool:
        return bool(self.q or self.tier or self.owner)

    def query(self, **other: Any) -> str:
        chosen = replace(self, **{name: other.pop(name) for name in list(other) if name in FILTERS})
        parts = {"q": chosen.q, "tier": chosen.tier, "owner": chosen.owner}
        parts |= {"mine": 1 if chosen.mine else None, **other}
        text = urlencode({name: value for name, value in parts.items() if value})
        return f"?{text}" if text else ""


FILTERS = frozenset(Filters.__dataclass_fields__)


def read_filters(arguments: Mapping[str, str]) -> Filters:
    """The filters of an address; Invalid names the senseless ones."""
    errors = {}
    tier, owner = arguments.get("tier", ""), arguments.get("owner", "")
    q = arguments.get("q", "").strip()
    if tier and tier not in TIERS:
        errors["tier"] = [_("There is no such tier.")]
    if owner and not (owner.isascii() and owner.isdecimal() and len(owner) < 19):
        errors["owner"] = [_("There is no such colleague.")]
    if len(q) > LONGEST_SEARCH or "\x00" in q:
        errors["q"] = [_("Search for something shorter.")]
    if errors:
        raise Invalid(errors)
    mine = bool(arguments.get("mine"))
    return Filters(q=q, tier=tier, owner=int(owner) if owner else None, mine=mine)


def list_companies(
    session: Session, actor: Actor, side: Side, filters: Filters, cursor: str | None
) -> Page[Row[Any]]:
    """A page of one side, by name: one statement, whatever it shows."""
    query: Any = (
        COMPANIES.visible(actor)
        .where(side.condition, *_conditions(actor, filters))
        .outerjoin(User, User.id == Company.owner_id)
        .with_only_columns(
            Company.id,
            Company.title.label("name"),
            Company.tier,
            Company.state,
            Company.city,
            Company.industry,
            Company.phone,
            Company.owner_id,
            User.name.label("owner_name"),
            last_activity(actor).label("last_activity"),
        )
    )
    return page_of_rows(
        session, query, order=[Record.sort_key, Record.id], limit=PAGE, cursor=cursor
    )


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


def colleagues(session: Session) -> list[tuple[int, str]]:
    """Everybody a company can be given to, as choices of a form."""
    query = select(User.id, User.name).where(User.is_staff, User.disabled_at.is_(None))
    return [(user_id, name) for user_id, name in session.execute(query.order_by(User.name))]


def _conditions(actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.q:
        conditions.append(named(filters.q))
    if filters.tier:
        conditions.append(Company.tier == filters.tier)
    if filters.owner:
        conditions.append(Company.owner_id == filters.owner)
    if filters.mine:
        conditions.append(Company.owner_id == actor.user_id)
    return conditions


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
