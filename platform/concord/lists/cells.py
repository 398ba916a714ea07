"""What stands in a cell: values as people read them, made once for each row and column."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import pgettext
from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.clock import now
from concord.identity.models import Team, User
from concord.installation import current_installation
from concord.lists.fields import Field
from concord.lists.kinds import Kind
from concord.money import Money
from concord.records.models import Record
from concord.tags.models import Tag
from concord.tags.queries import Chip, chips_of
from concord.web.formatting import ago, day_label, money, number

MOST_TEXT = 120
NAMED = (Kind.PERSON, Kind.TEAM, Kind.RECORD, Kind.TAGS)
"""Kinds whose values are ids, in rows or, of tags, in conditions and heads of groups."""
CALLED: dict[Kind, Any] = {Kind.PERSON: User, Kind.TEAM: Team}
"""Kinds whose names anybody may know: they come with the rows."""


@dataclass(slots=True)
class Cell:
    """`look` is how it is drawn: text, number, badge, person, record, tags (each of `tags` a chip).
    `id` gives it its hue."""

    field: str
    look: str
    text: str = ""
    id: int | None = None
    tone: str = ""
    url: str | None = None
    late: bool = False
    editable: bool = False
    tags: Sequence[Chip] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """What people, teams and other records on a page are called, as far as the reader may know."""

    people: Mapping[int, str] = field(default_factory=dict)
    teams: Mapping[int, str] = field(default_factory=dict)
    records: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    tags: Mapping[int, str] = field(default_factory=dict)


def names_for(
    session: Session,
    actor: Actor,
    fields: Sequence[Field],
    rows: Sequence[Sequence[Any]],
    brought: Names | None = None,
) -> Names:
    """The names that rows of values of these fields need: at most a statement for each kind, and
    none for what was `brought` with the rows."""
    brought = brought or Names()
    wanted: dict[Kind, set[int]] = {kind: set() for kind in NAMED}
    for place, known in enumerate(fields):
        if known.kind in wanted:
            wanted[known.kind] |= {row[place] for row in rows if isinstance(row[place], int)}
    return Names(
        people={
            **brought.people,
            **_called(session, User, wanted[Kind.PERSON] - {*brought.people}),
        },
        teams={**brought.teams, **_called(session, Team, wanted[Kind.TEAM] - {*brought.teams})},
        records=_records(session, actor, wanted[Kind.RECORD]),
        tags=_called(session, Tag, wanted[Kind.TAGS]),
    )


def name_beside(known: Field, expression: Any) -> Any:
    """SQL: what the person or team of a row is called; None for other kinds."""
    model = CALLED.get(known.kind)
    if model is None:
        return None
    there = model.__table__.alias()
    named = select(there.c.name).where(there.c.id == expression)
    return named.correlate_except(there).scalar_subquery()


def _called(session: Session, model: Any, ids: set[int]) -> dict[int, str]:
    if not ids:
        return {}
    rows = session.execute(select(model.id, model.name).where(model.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _records(session: Session, actor: Actor, ids: set[int]) -> dict[int, tuple[str, str]]:
    """Kind and title of those that the actor may open: one statement."""
    if not ids:
        return {}
    parts = [
        record_type.policy.visible(actor)
        .with_only_columns(Record.id, Record.kind, Record.title, maintain_column_froms=True)
        .where(Record.id.in_(ids))
        for record_type in current_installation().records
    ]
    return {row[0]: (row[1], row[2]) for row in session.execute(union_all(*parts))}


def cell(
    known: Field, value: Any, names: Names, *, currency: str | None = None, late: bool = False
) -> Cell:
    """A value as its reader sees it."""
    if value is None or value == "":
        return Cell(known.name, NUMBERED.get(known.kind, "text"))
    return WRITERS[known.kind](known, value, names, currency, late)


def _text(known: Field, value: Any, *_rest: Any) -> Cell:
    return Cell(known.name, "text", str(value)[:MOST_TEXT])


def _number(known: Field, value: Any, *_rest: Any) -> Cell:
    return Cell(known.name, "number", number(_plain(value)))


def _money(known: Field, value: Any, _names: Names, currency: str | None, _late: bool) -> Cell:
    code = currency or current_installation().settings.currency
    return Cell(known.name, "number", money(Money(int(value), code).decimal, code))


def _dated(known: Field, value: Any, _names: Names, _currency: Any, late: bool) -> Cell:
    return Cell(known.name, "day", said_moment(value), late=late)


def _badge(known: Field, value: Any, *_rest: Any) -> Cell:
    tone = known.tones.get(value, "quiet")
    return Cell(known.name, "badge", known.label_of(value) if tone else "", tone=tone)


def _person(known: Field, value: Any, names: Names, *_rest: Any) -> Cell:
    return Cell(known.name, "person", names.people.get(value, ""), id=value)


def _team(known: Field, value: Any, names: Names, *_rest: Any) -> Cell:
    return Cell(known.name, "text", names.teams.get(value, ""))


def _record(known: Field, value: Any, names: Names, *_rest: Any) -> Cell:
    if value not in names.records:
        return Cell(known.name, "text")
    kind, title = names.records[value]
    record_type = current_installation().records.get(kind)
    url = record_type.url(value) if record_type else None
    return Cell(known.name, "record", title, id=value, url=url)


def _tags(known: Field, value: Any, names: Names, *_rest: Any) -> Cell:
    """All that a record has, or the one of a group."""
    if isinstance(value, int):
        return Cell(known.name, "text", names.tags.get(value, ""))
    chips = chips_of(value)
    return Cell(known.name, "tags", ", ".join(chip.name for chip in chips), tags=chips)


def _truth(known: Field, value: Any, *_rest: Any) -> Cell:
    word = pgettext("value", "Yes") if value else pgettext("value", "No")
    return Cell(known.name, "text", word)


def said_moment(value: date | datetime) -> str:
    """How long ago, or which day."""
    if isinstance(value, datetime) and value <= now():
        return ago(value)
    return day_label(value)


def _plain(value: Any) -> Any:
    return round(value, 1) if isinstance(value, float | Decimal) else value


NUMBERED = {Kind.NUMBER: "number", Kind.MONEY: "number", Kind.DAY: "day", Kind.MOMENT: "day"}
WRITERS: dict[Kind, Callable[..., Cell]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DAY: _dated,
    Kind.MOMENT: _dated,
    Kind.CHOICE: _badge,
    Kind.PERSON: _person,
    Kind.TEAM: _team,
    Kind.RECORD: _record,
    Kind.TRUTH: _truth,
    Kind.TAGS: _tags,
}
