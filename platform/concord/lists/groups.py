"""Groups of a list with what they come to, and the line at its foot."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import pgettext
from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.installation import current_installation
from concord.lists.cells import Cell, Names, cell, names_for
from concord.lists.fields import Field, joined
from concord.lists.kinds import Kind
from concord.lists.rows import Listed, ListRow, group_key
from concord.lists.types import Asked, ListType
from concord.records.models import Record

MOST_COUNTED = 10_000
"""What lies beyond is said as "more": counting it would cost more than the page."""


@dataclass(frozen=True, slots=True)
class Total:
    """How many, and what their fields come to, as text by field name."""

    count: int
    said: dict[str, str] = field(default_factory=dict)

    @property
    def capped(self) -> bool:
        return self.count > MOST_COUNTED


@dataclass(slots=True, kw_only=True)
class Section:
    """A group on a page: its head (None where an earlier page had it) and its rows."""

    key: str
    head: Cell | None
    total: Total
    closed: bool = False
    rows: list[ListRow] = field(default_factory=list)


def total(
    session: Session, actor: Actor, list_type: ListType, asked: Asked, columns: Sequence[Field]
) -> Total:
    """Of everything that the filter leaves: one statement, capped."""
    counted = _counted(session, actor, list_type, asked, columns, None)
    row = session.execute(counted).one()
    return _total(row, columns)


def sections(
    session: Session,
    actor: Actor,
    list_type: ListType,
    asked: Asked,
    found: Listed,
    group: Field,
    at: str | None,
) -> list[Section]:
    """The rows of a page under the heads of their groups. `at` is the group that the page before
    ended in: its head stands there. Folded groups keep their place between the others."""
    query = _counted(session, actor, list_type, asked, found.columns, group)
    counted = session.execute(query).all()
    names = names_for(session, actor, [group], [[row.value] for row in counted])
    by_key: dict[str, list[ListRow]] = {}
    for row in found.rows:
        by_key.setdefault(group_key(row.group), []).append(row)
    made = [_section(group, row, names, asked, by_key, found.columns) for row in counted]
    made = _merged(made)
    keys = [section.key for section in made]
    start = keys.index(at) if at in keys else 0
    last = next(reversed(by_key), None)
    end = len(keys) if found.next is None or last not in keys else keys.index(last) + 1
    shown = made[start:end]
    if shown and shown[0].key == at:
        shown[0].head = None
    return [section for section in shown if section.head is not None or section.rows]


def _section(
    group: Field,
    row: Any,
    names: Names,
    asked: Asked,
    by_key: dict[str, list[ListRow]],
    columns: Sequence[Field],
) -> Section:
    key = group_key(row.value)
    head = cell(group, row.value, names)
    if not head.text:
        head.text = _nothing(group) if row.value in (None, "") else _("Not open to you")
    return Section(
        key=key,
        head=head,
        total=_total(row, columns),
        closed=key in asked.closed,
        rows=by_key.get(key, []),
    )


def _nothing(group: Field) -> str:
    return _("No tag") if group.kind is Kind.TAGS else _("None")


def _merged(made: list[Section]) -> list[Section]:
    """Nothing and empty text are one group."""
    found: dict[str, Section] = {}
    for section in made:
        if section.key in found:
            counted = found[section.key].total.count + section.total.count
            found[section.key].total = Total(counted)
        else:
            found[section.key] = section
    return list(found.values())


def _counted(
    session: Session,
    actor: Actor,
    list_type: ListType,
    asked: Asked,
    columns: Sequence[Field],
    group: Field | None,
) -> Select[Any]:
    query, _ignored = list_type.asked(session, actor, asked)
    summed = [known for known in columns if known.aggregate]
    selected: list[Any] = [Record.id.label("id")]
    selected += [_amount(known, actor).label(f"of_{known.name}") for known in summed]
    if group is not None:
        query = joined(query, [group])
        selected.append(group.grouping(actor).label("value"))
        selected.append(group.ordering(actor).label("place"))
    inner = (
        query.with_only_columns(*selected, maintain_column_froms=True)
        .limit(MOST_COUNTED + 1)
        .subquery("counted")
    )
    outer: list[Any] = [func.count(inner.c.id).label("count")]
    for known in summed:
        made = func.sum if known.aggregate == "sum" else func.avg
        outer.append(made(inner.c[f"of_{known.name}"]).label(f"of_{known.name}"))
    if group is None:
        return select(*outer)
    place = func.min(inner.c.place)
    grouped: Select[Any] = select(inner.c.value, *outer).group_by(inner.c.value)
    return grouped.order_by(place.asc().nulls_last(), inner.c.value)


def _amount(known: Field, actor: Actor) -> Any:
    """What is added up: of money, only what is in the house's own currency."""
    column = known.expression(actor)
    if known.currency is None:
        return column
    return case((known.currency == current_installation().settings.currency, column))


def _total(row: Any, columns: Sequence[Field]) -> Total:
    said = {}
    for known in columns:
        value = getattr(row, f"of_{known.name}") if known.aggregate else None
        if value is not None:
            whole = int(value) if known.kind is Kind.MONEY else value
            text = cell(known, whole, Names()).text
            mean = known.aggregate == "mean"
            said[known.name] = pgettext("list", "avg %(value)s", value=text) if mean else text
    return Total(row.count, said)
