"""Rows of a list: one statement for a page, and one for the titles of other records on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Row, Select, and_, false, or_
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.database.paging import page_of_rows
from concord.errors import Invalid
from concord.installation import current_installation
from concord.lists.cells import Cell, Names, cell, name_beside, names_for
from concord.lists.conditions import Ignored
from concord.lists.fields import Field, Fields, joined
from concord.lists.kinds import Kind
from concord.lists.types import Asked, ListType
from concord.records.models import Record

PAGE = 50
EMPTY = "-"
COMPARED_BY_ID = frozenset({Kind.PERSON, Kind.TEAM, Kind.RECORD, Kind.TAGS})


@dataclass(slots=True)
class ListRow:
    """A record in a list. `values` are the raw ones, by field name; `part` is the key of its group
    where it stands in several."""

    id: int
    url: str
    title: str
    cells: list[Cell]
    may_write: bool
    group: Any = None
    part: str = ""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Listed:
    """A page of a list in its columns; `next` is the cursor of what follows."""

    rows: list[ListRow]
    columns: list[Field]
    next: str | None
    names: Names
    ignored: list[Ignored] = field(default_factory=list)


def columns_of(list_type: ListType, fields: Fields, asked: Asked) -> list[Field]:
    """The columns shown, the title first; what a list is grouped by stands in the groups."""
    names = [list_type.title, *(asked.look.columns or list_type.columns)]
    found = [fields.get(name) for name in dict.fromkeys(names) if name != asked.look.group]
    return [known for known in found if known is not None]


def listed(
    session: Session, actor: Actor, list_type: ListType, asked: Asked, *, limit: int = PAGE
) -> Listed:
    """A page, in the order that is asked for."""
    fields = list_type.fields_for(actor)
    group = fields.get(asked.look.group or "")
    query, ignored = list_type.asked(session, actor, asked)
    if group is not None and asked.closed:
        query = query.where(_opened(group, actor, asked.closed))
    sorts = _sorts(list_type, fields, asked, group)
    query = joined(query, [*([group] if group else []), *(known for known, _down in sorts)])
    columns = columns_of(list_type, fields, asked)
    reading = Reading(actor, list_type, columns, group, archived=asked.archived)
    found = page_of_rows(
        session,
        reading.select(query),
        order=_order(actor, group, sorts),
        limit=limit,
        cursor=asked.cursor,
    )
    rows, names = reading.rows(session, found.items)
    return Listed(rows=rows, columns=columns, next=found.next, names=names, ignored=ignored)


def one(
    session: Session,
    actor: Actor,
    list_type: ListType,
    asked: Asked,
    record_id: int,
    part: str = "",
) -> ListRow | None:
    """The row of one record in the same columns, whether the filter still leaves it or not; of
    several, that in the group `part`."""
    fields = list_type.fields_for(actor)
    columns = columns_of(list_type, fields, asked)
    group = fields.get(asked.look.group or "")
    reading = Reading(actor, list_type, columns, group, archived=asked.archived)
    seen = list_type.archived(actor) if asked.archived else list_type.visible(actor)
    query = reading.select(joined(seen.where(Record.id == record_id), [group] if group else []))
    rows, _names = reading.rows(session, session.execute(query).all())
    return next((row for row in rows if row.part == part), rows[0] if rows else None)


class Reading:
    """From fields to a statement, and from its rows to cells."""

    def __init__(
        self,
        actor: Actor,
        list_type: ListType,
        columns: Sequence[Field],
        group: Field | None = None,
        beside: Sequence[Field] = (),
        *,
        archived: bool = False,
    ) -> None:
        self.actor, self.list_type, self.columns = actor, list_type, list(columns)
        self.group, self.archived = group, archived
        self.fields = list(
            {f.name: f for f in (*columns, *beside, *([group] if group else []))}.values()
        )

    def select(self, query: Select[Any]) -> Select[Any]:
        """The query over what the cells need, under names of their own."""
        actor = self.actor
        selected: list[Any] = [Record.id.label("id"), Record.title.label("title")]
        selected.append(self._may_write().label("may_write"))
        for place, known in enumerate(self.fields):
            value = known.grouping(actor) if known is self.group else known.expression(actor)
            selected.append(value.label(f"value_{place}"))
            if (name := name_beside(known, value)) is not None:
                selected.append(name.label(f"name_{place}"))
            if known.currency is not None:
                selected.append(known.currency.label(f"currency_{place}"))
            if known.overdue is not None:
                selected.append(known.overdue(actor).label(f"late_{place}"))
        return query.with_only_columns(*selected, maintain_column_froms=True)

    def rows(self, session: Session, found: Sequence[Row[Any]]) -> tuple[list[ListRow], Names]:
        values = [
            [getattr(row, f"value_{place}") for place in range(len(self.fields))] for row in found
        ]
        brought = Names(people=self._brought(found, Kind.PERSON),
                        teams=self._brought(found, Kind.TEAM))  # fmt: skip
        names = names_for(session, self.actor, self.fields, values, brought)
        record_type = current_installation().records[self.list_type.kind]
        made = []
        for row, raw in zip(found, values, strict=True):
            url = record_type.url(row.id)
            made.append(self._row(row, raw, names, str(url)))
        return made, names

    def _brought(self, found: Sequence[Row[Any]], kind: Kind) -> dict[int, str]:
        """Names that stand in the rows themselves."""
        places = [place for place, known in enumerate(self.fields) if known.kind is kind]
        pairs = (
            (getattr(row, f"value_{place}"), getattr(row, f"name_{place}"))
            for row in found
            for place in places
        )
        return {key: name for key, name in pairs if name is not None}

    def _row(self, row: Row[Any], raw: list[Any], names: Names, url: str) -> ListRow:
        may_write = bool(row.may_write) and self.list_type.edit is not None
        cells = []
        for place, known in enumerate(self.fields[: len(self.columns)]):
            made = cell(
                known,
                raw[place],
                names,
                currency=getattr(row, f"currency_{place}") if known.currency is not None else None,
                late=bool(getattr(row, f"late_{place}")) if known.overdue is not None else False,
            )
            made.editable = may_write and known.editable is not None
            cells.append(made)
        by_name = {known.name: value for known, value in zip(self.fields, raw, strict=True)}
        group = by_name[self.group.name] if self.group is not None else None
        part = group_key(group) if self.group is not None and self.group.each is not None else ""
        return ListRow(row.id, url, row.title, cells, may_write, group, part, by_name)

    def _may_write(self) -> ColumnElement[bool]:
        """SQL: what is put away comes back before it is changed; who only looks changes nothing."""
        if self.archived or self.actor.looking is not None:
            return false()
        found: ColumnElement[bool] = self.list_type.policy.writable(
            self.actor, self.list_type.permission_write
        )
        return found


def _sorts(
    list_type: ListType, fields: Fields, asked: Asked, group: Field | None
) -> list[tuple[Field, bool]]:
    """The fields by which rows are sorted, each with whether it runs down."""
    names = asked.look.sort or list_type.sort
    found = [(fields.get(name.removeprefix("-")), name.startswith("-")) for name in names]
    return [(known, down) for known, down in found if known is not None and known is not group]


def _order(actor: Actor, group: Field | None, sorts: Sequence[tuple[Field, bool]]) -> list[Any]:
    order: list[Any] = []
    if group is not None:
        order.append(group.ordering(actor))
        if group.order is not None:
            order.append(group.grouping(actor))
    for known, down in sorts:
        ordering = known.ordering(actor)
        order.append(ordering.desc() if down else ordering)
    downwards = bool(sorts) and sorts[-1][1]
    return [*order, Record.id.desc() if downwards else Record.id]


def _opened(group: Field, actor: Actor, closed: Sequence[str]) -> ColumnElement[bool]:
    """SQL: the record is in none of the folded groups."""
    column = group.grouping(actor)
    values = [group_value(group, text) for text in closed if text and text != EMPTY]
    inside: ColumnElement[bool] = or_(column.is_(None), column.not_in(values))
    return and_(inside, column.is_not(None)) if EMPTY in closed else inside


def group_value(group: Field, text: str) -> Any:
    """A group's key in an address as its value."""
    if group.kind not in COMPARED_BY_ID:
        return text
    if not (text.isascii() and text.isdecimal()) or len(text) > 18:
        raise Invalid({"closed": [_("There is no such group.")]})
    return int(text)


def group_key(value: Any) -> str:
    return EMPTY if value is None or value == "" else str(value)
