"""Marshmallow schemas compiled once: what a field leaves as it is goes straight to the encoder.

A schema that shows columns only is fed with rows, so that a list makes no objects.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeAlias

from marshmallow import Schema, fields
from sqlalchemy import inspect
from sqlalchemy.orm import ColumnProperty, CompositeProperty

from concord.api.fields import Moment, Part
from concord.database.base import Model

Write: TypeAlias = Callable[[Any], Any]
# The encoder writes the values of these as they would: moments with Z, days, numbers, text.
PLAIN = frozenset(
    kind._serialize
    for kind in (fields.Boolean, fields.Date, fields.Integer, fields.Raw, fields.String, Moment)
)
STORED = (ColumnProperty, CompositeProperty)
HOOKS = ("pre_dump", "post_dump")


class Serialiser:
    """Turns things into what a schema shows of them, without the `hidden` fields.

    Where every field is a column of the model, `columns` are those to select, in the order of the
    fields, for rows that go to `rows()`; else it is None and the schema wants objects.
    """

    def __init__(
        self, schema: type[Schema], hidden: frozenset[str], model: type[Model] | None
    ) -> None:
        self.schema = schema(exclude=hidden & schema._declared_fields.keys())
        self._fields = {f.data_key or name: f for name, f in self.schema.dump_fields.items()}
        hooked = any(self.schema._hooks.get(hook) for hook in HOOKS)
        self._write = None if hooked else [(n, _writer(n, f)) for n, f in self._fields.items()]
        self._converted = {n: f._serialize for n, f in self._fields.items() if not _plain(f)}
        self.columns = None if hooked or model is None else self._columns_of(model)

    def one(self, thing: Any) -> dict[str, Any]:
        if self._write is None:
            dumped: dict[str, Any] = self.schema.dump(thing)
            return dumped
        return {name: write(thing) for name, write in self._write}

    def many(self, things: Iterable[Any]) -> list[dict[str, Any]]:
        return [self.one(thing) for thing in things]

    def rows(self, rows: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
        """The same for rows of `columns`; what stands behind those in a row is left out."""
        found = [dict(zip(self._fields, row, strict=False)) for row in rows]
        for name, convert in self._converted.items():
            for item in found:
                item[name] = convert(item[name], name, item)
        return found

    def _columns_of(self, model: type[Model]) -> tuple[Any, ...] | None:
        known = inspect(model).attrs
        names = [_attribute(name, field) for name, field in self._fields.items()]
        stored = all(name in known and isinstance(known[name], STORED) for name in names)
        read = all(field._CHECK_ATTRIBUTE for field in self._fields.values())
        if not stored or not read or len(set(names)) < len(names):
            return None
        return tuple(getattr(model, name) for name in names)


@lru_cache(maxsize=512)
def serialiser(
    schema: type[Schema], hidden: frozenset[str] = frozenset(), model: type[Model] | None = None
) -> Serialiser:
    """The one serialiser of these: schemas are declared once and live as long as the program."""
    return Serialiser(schema, hidden, model)


def _writer(name: str, field: fields.Field[Any]) -> Write:
    read = attrgetter(_attribute(name, field))
    if _plain(field):
        return read
    if isinstance(field, Part):
        return serialiser(type(field.schema)).one
    if not field._CHECK_ATTRIBUTE:
        return lambda thing: field.serialize(name, thing)
    return lambda thing: field._serialize(read(thing), name, thing)


def _attribute(name: str, field: fields.Field[Any]) -> str:
    return field.attribute or field.name or name


def _plain(field: fields.Field[Any]) -> bool:
    """Whether the encoder writes the field's values as the field would."""
    if type(field) is fields.Dict and field.value_field is None:
        return True
    if isinstance(field, fields.Decimal) or getattr(field, "as_string", False):
        return False
    usual_form = getattr(field, "format", None) in (None, "iso")
    return type(field)._serialize in PLAIN and usual_form
