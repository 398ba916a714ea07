"""The tags there are, and those on records."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, false, func, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.installation import current_installation
from concord.records.models import Record
from concord.tags.models import RecordTag, Tag
from concord.tags.naming import key_of

MOST = 500


@dataclass(frozen=True, slots=True)
class Chip:
    """A tag on a record."""

    id: int
    name: str
    hue: int


@dataclass(frozen=True, slots=True)
class Tagged:
    """The tags of one record, and whether the reader may change them."""

    tags: Sequence[Chip]
    may_write: bool


def all_tags(session: Session) -> list[Tag]:
    """By name; the first five hundred."""
    return list(session.scalars(select(Tag).order_by(Tag.key).limit(MOST)))


def counted(session: Session) -> list[tuple[Tag, int]]:
    """Every tag, and on how many records it is."""
    there = select(func.count()).where(RecordTag.tag_id == Tag.id).correlate(Tag)
    query = select(Tag, there.scalar_subquery()).order_by(Tag.key).limit(MOST)
    return [(tag, count) for tag, count in session.execute(query)]


def tagged(session: Session, actor: Actor, record: Record) -> Tagged:
    """For a record that the actor sees: one statement."""
    query = (
        select(_writable(actor, record.kind).label("writable"), Tag.id, Tag.name, Tag.hue)
        .select_from(Record)
        .outerjoin(RecordTag, RecordTag.record_id == Record.id)
        .outerjoin(Tag, Tag.id == RecordTag.tag_id)
        .where(Record.id == record.id)
        .order_by(Tag.key)
    )
    rows = session.execute(query).all()
    chips = [Chip(row.id, row.name, row.hue) for row in rows if row.id is not None]
    return Tagged(chips, bool(rows and rows[0].writable))


CHIPS = (
    select(
        func.aggregate_strings(cast(Tag.id, String) + " " + cast(Tag.hue, String) + " " + Tag.name,
                               "\n")
    )
    .join(RecordTag, RecordTag.tag_id == Tag.id)
    .where(RecordTag.record_id == Record.id)
    .correlate(Record)
    .scalar_subquery()
)  # fmt: skip
"""SQL: the tags of the row's record as one text, a line for each: no row needs a statement."""


def chips_of(text: str | None) -> list[Chip]:
    """What CHIPS gave, by name."""
    parts = (line.split(" ", 2) for line in (text or "").splitlines())
    chips = [Chip(int(tag_id), name, int(hue)) for tag_id, hue, name in parts]
    return sorted(chips, key=lambda chip: key_of(chip.name))


def permission_on(kind: str) -> str | None:
    """The right to write a kind of record, by its REST collection; None where it has none."""
    collections = (c for m in current_installation().modules for c in m.collections)
    return next((c.permission_write for c in collections if c.kind == kind), None)


def holding(tag_ids: Sequence[int] | Select[Any]) -> ColumnElement[bool]:
    """SQL: the record of the row has any of these tags; of none, any tag at all."""
    there = select(RecordTag.tag_id).where(RecordTag.record_id == Record.id).correlate(Record)
    if isinstance(tag_ids, Select) or tag_ids:
        there = there.where(RecordTag.tag_id.in_(tag_ids))
    return there.exists()


def _writable(actor: Actor, kind: str) -> Any:
    record_type, permission = current_installation().records.get(kind), permission_on(kind)
    if record_type is None or permission is None:
        return false()
    return record_type.policy.writable(actor, permission)
