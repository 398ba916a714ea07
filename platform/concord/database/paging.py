"""Pages by keyset: the next page begins after the last row's values, whatever lies before.

Empty values come last in both directions. Where the first column of an order may be empty, its
empty part is a statement of its own: neither engine seeks in an index across "or is null".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar, overload

from sqlalchemy import ColumnElement, Row, Select, and_, false, or_, tuple_
from sqlalchemy.orm import Session
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import UnaryExpression
from sqlalchemy.sql.schema import Column

from concord.database.cursors import seal, unseal

T = TypeVar("T")
LIMIT = 50
LARGEST_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and the cursor of those that follow; None where nothing does."""

    items: list[T]
    next: str | None = None


@overload
def page(
    session: Session,
    query: Select[tuple[T]],
    *,
    order: Sequence[Any],
    limit: int = ...,
    cursor: str | None = ...,
) -> Page[T]: ...
@overload
def page(
    session: Session,
    query: Select[T],
    *,
    order: Sequence[Any],
    limit: int = ...,
    cursor: str | None = ...,
) -> Page[T]: ...
def page(
    session: Session,
    query: Select[Any],
    *,
    order: Sequence[Any],
    limit: int = LIMIT,
    cursor: str | None = None,
) -> Page[Any]:
    """A page of the one thing (a model) that `query` selects.

    `order` holds columns, `column.desc()` for downwards, and ends with a unique one that is never
    empty: by custom the id. `limit` is capped at 200. Raises Invalid for a cursor that was not
    made by this order.
    """
    found = page_of_rows(session, query, order=order, limit=limit, cursor=cursor)
    return Page([row[0] for row in found.items], found.next)


def page_of_rows(
    session: Session,
    query: Select[*tuple[Any, ...]],
    *,
    order: Sequence[Any],
    limit: int = LIMIT,
    cursor: str | None = None,
) -> Page[Row[Any]]:
    """The same for a query over columns: rows to be read by column name, no objects made."""
    keys = [_Key.of(column) for column in order]
    name = ", ".join(key.name for key in keys)
    after = None if cursor is None else unseal(cursor, name)
    query = query.add_columns(*(key.column.label(f"order_{n}") for n, key in enumerate(keys)))
    wanted = min(max(limit, 1), LARGEST_LIMIT)
    rows: list[Row[Any]] = []
    for part in _parts(query, keys, after):
        rows += session.execute(part.limit(wanted + 1 - len(rows))).all()
        if len(rows) > wanted:
            return Page(rows[:wanted], seal(rows[wanted - 1][-len(keys) :], name))
    return Page(rows)


@dataclass(frozen=True, slots=True)
class _Key:
    """One column of an order."""

    column: ColumnElement[Any]
    descending: bool
    nullable: bool

    @classmethod
    def of(cls, given: Any) -> "_Key":
        element = given.__clause_element__() if hasattr(given, "__clause_element__") else given
        descending = False
        if isinstance(element, UnaryExpression) and element.modifier in _DIRECTIONS:
            descending, element = element.modifier is operators.desc_op, element.element
        return cls(element, descending, bool(getattr(element, "nullable", True)))

    @property
    def name(self) -> str:
        direction = "desc" if self.descending else "asc"
        if isinstance(self.column, Column) and self.column.table is not None:
            return f"{self.column.table.description}.{self.column.name} {direction}"
        compiled = self.column.compile()
        return f"{compiled} {sorted(compiled.params.items())} {direction}"

    @property
    def ordered(self) -> ColumnElement[Any]:
        ordered = self.column.desc() if self.descending else self.column.asc()
        return ordered.nulls_last() if self.nullable else ordered

    def beyond(self, value: Any) -> ColumnElement[bool]:
        """SQL: what stands after `value`, in this column alone."""
        if value is None:
            return false()
        beyond: ColumnElement[bool] = (
            self.column < value if self.descending else self.column > value
        )
        return or_(beyond, self.column.is_(None)) if self.nullable else beyond

    def at(self, value: Any) -> ColumnElement[bool]:
        return self.column.is_(None) if value is None else self.column == value

    def from_(self, value: Any) -> Any:
        return self.column <= value if self.descending else self.column >= value


_DIRECTIONS = (operators.asc_op, operators.desc_op)


def _parts(
    query: Select[Any], keys: Sequence[_Key], after: Sequence[Any] | None
) -> Iterator[Select[Any]]:
    """The statements that together are what follows `after`: one, or two around the empty part."""
    first, rest = keys[0], keys[1:]
    if not first.nullable:
        yield _sorted(query, keys, after)
        return
    if after is None or after[0] is not None:
        filled = replace(first, nullable=False)
        yield _sorted(query.where(first.column.is_not(None)), [filled, *rest], after)
        after = None
    empty = query.where(first.column.is_(None))
    yield _sorted(empty, rest, None if after is None else after[1:])


def _sorted(query: Select[Any], keys: Sequence[_Key], after: Sequence[Any] | None) -> Select[Any]:
    query = query.order_by(*(key.ordered for key in keys))
    return query if after is None else query.where(_following(keys, after))


def _following(keys: Sequence[_Key], after: Sequence[Any]) -> ColumnElement[bool]:
    """SQL: rows after these values. Row values where all agree, for both engines seek by them."""
    if len({key.descending for key in keys}) == 1 and not any(key.nullable for key in keys):
        columns, values = tuple_(*(key.column for key in keys)), tuple(after)
        whole: ColumnElement[bool] = columns < values if keys[0].descending else columns > values
        return whole
    steps = [
        and_(*(k.at(v) for k, v in zip(keys[:n], after, strict=False)), keys[n].beyond(after[n]))
        for n in range(len(keys))
    ]
    if keys[0].nullable:
        return or_(*steps)
    # Implied by the rest, and the only part from which an engine knows where to start.
    return and_(keys[0].from_(after[0]), or_(*steps))
