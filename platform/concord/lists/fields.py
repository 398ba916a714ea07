"""A field of a list: one declaration for filters, sorts, groups, columns and edits."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from flask_babel import LazyString
from sqlalchemy import ColumnElement, Select, case, type_coerce

from concord.actors import Actor, Face
from concord.identity.models import User
from concord.lists.kinds import Kind
from concord.records.models import Record
from concord.records.sorting import normalised

Options = Sequence[tuple[str, LazyString]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What a list knows of one field of its noun.

    `column` is the SQL that holds it (money: minor units, with `currency` beside it), or a
    function of the actor that gives it. `order` sorts instead of it, from the rows of other tables
    that stand `beside` (which table, and which row) where it needs some. `contains` is looked into
    instead of it, for words brought into its form by `normalise`. `options` are a choice's values
    in their order. `holding(ids)` is the SQL of a many-valued field: it holds any of these; of
    none, anything at all; `each` is one of its values, from the rows beside: grouped by that, a
    record stands under every value that it has.

    `editable` names the input of the noun's own form, sent to the list's `change` endpoint.
    Whoever lacks `field_group` finds nothing of the field: no column, filter, sort or group.
    `aggregate` is what a group and the foot say of it. `tones` colour a choice's values; what is
    `overdue` stands out.
    """

    name: str
    label: LazyString
    kind: Kind = Kind.TEXT
    column: Any = None
    order: Any = None
    beside: Sequence[tuple[Any, ColumnElement[bool]]] = ()
    contains: Any = None
    normalise: Callable[[str], str] | None = None
    currency: Any = None
    options: Options = ()
    holding: Callable[[Sequence[int]], ColumnElement[bool]] | None = None
    each: Any = None
    filterable: bool = True
    sortable: bool = False
    groupable: bool = False
    shown: bool = True
    tones: Mapping[str, str] = field(default_factory=dict)
    overdue: Callable[[Actor], ColumnElement[bool]] | None = None
    editable: str | None = None
    field_group: str | None = None
    aggregate: Literal["sum", "mean"] | None = None
    width: int = 140

    def open_to(self, actor: Actor) -> bool:
        """Whether the field exists for this actor."""
        if self.field_group is None or actor.face is Face.SYSTEM:
            return True
        return self.field_group in actor.field_groups

    def expression(self, actor: Actor) -> Any:
        """The SQL of its value."""
        made = callable(self.column) and not hasattr(self.column, "label")
        return self.column(actor) if made else self.column

    def grouping(self, actor: Actor) -> Any:
        """The SQL of what it is grouped by: names of rows beside may tie, these values do not."""
        return self.expression(actor) if self.each is None else self.each

    def ordering(self, actor: Actor) -> Any:
        """The SQL by which it sorts: choices in the order in which they are offered."""
        if self.order is not None:
            return self.order
        column = self.expression(actor)
        if self.kind is Kind.CHOICE:
            places = {value: place for place, (value, _label) in enumerate(self.options)}
            return case(places, value=column)
        return column

    def label_of(self, value: Any) -> str:
        """A choice as people read it; what is offered no longer stays as it is stored."""
        return next((str(label) for known, label in self.options if known == value), str(value))


class Fields:
    """The fields of a list as far as one actor may know them."""

    def __init__(self, fields: Iterable[Field], actor: Actor) -> None:
        self._by_name = {known.name: known for known in fields if known.open_to(actor)}

    def __iter__(self) -> Any:
        return iter(self._by_name.values())

    def get(self, name: str) -> Field | None:
        return self._by_name.get(name)

    def filterable(self) -> list[Field]:
        return [known for known in self if known.filterable]

    def sortable(self) -> list[Field]:
        return [known for known in self if known.sortable]

    def groupable(self) -> list[Field]:
        return [known for known in self if known.groupable]

    def shown(self) -> list[Field]:
        return [known for known in self if known.shown]


def joined(query: Select[Any], fields: Iterable[Field]) -> Select[Any]:
    """The query with the rows beside it by which these fields are ordered: each table is read once
    for all rows, where looking it up in each row takes a second for some ten thousand."""
    beside = {table: condition for known in fields for table, condition in known.beside}
    for table, condition in beside.items():
        query = query.outerjoin(table, condition)
    return query


def title_field(label: LazyString, *, editable: str | None = None) -> Field:
    """What the record is called: looked for as written, or as it is read in pinyin."""
    return Field(
        name="name",
        label=label,
        column=Record.title,
        order=Record.sort_key,
        contains=Record.sort_key,
        normalise=normalised,
        sortable=True,
        editable=editable,
        width=260,
    )


def person_field(name: str, label: LazyString, column: Any, **more: Any) -> Field:
    """A colleague, sorted and grouped by name."""
    there = User.__table__.alias(f"{name}_person")
    return Field(
        name=name,
        label=label,
        kind=Kind.PERSON,
        column=column,
        order=there_or_not(there.c.sort_key),
        beside=((there, there.c.id == column),),
        sortable=True,
        groupable=True,
        width=150,
        **more,
    )


def record_field(name: str, label: LazyString, column: Any, **more: Any) -> Field:
    """Another record, as far as the reader may open it; sorted and grouped by its title."""
    there = Record.__table__.alias(f"{name}_there")
    return Field(
        name=name,
        label=label,
        kind=Kind.RECORD,
        column=column,
        order=there_or_not(there.c.sort_key),
        beside=((there, there.c.id == column),),
        width=190,
        **more,
    )


def there_or_not(column: Any) -> Any:
    """A column that is never empty in its table, as something that may be missing beside a row."""
    return type_coerce(column, column.type)


def moment_field(name: str, label: LazyString, column: Any, **more: Any) -> Field:
    return Field(
        name=name, label=label, kind=Kind.MOMENT, column=column, sortable=True, width=110, **more
    )
