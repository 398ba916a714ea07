"""The fields of a record as a page shows and edits them, from their one declaration."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request
from flask_babel import LazyString, pgettext
from marshmallow import Schema, fields

from concord.money import Money
from concord.nouns.fields import Options
from concord.web.formatting import money, number, short_date


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFact:
    """One field: `value` as its input holds it, `shown` as people read it."""

    name: str
    label: LazyString
    icon: str
    type: str
    options: Options | None
    attributes: Mapping[str, str]
    value: Any
    shown: str

    @property
    def long(self) -> bool:
        return self.type == "textarea"


def shown_facts(schema: Schema, record: object, names: Iterable[str]) -> list[ShownFact]:
    """The named fields of a record, as far as `schema` has them."""
    return [shown_fact(schema, name, record) for name in names if name in schema.fields]


def shown_fact(schema: Schema, name: str, record: object = None) -> ShownFact:
    field = schema.fields[name]
    value = getattr(record, field.attribute or name) if record is not None else None
    look = field.metadata
    return ShownFact(
        name=name,
        label=look["label"],
        icon=look["icon"],
        type=look["input"],
        options=look["options"],
        attributes=look["attributes"],
        value=as_input(field, value),
        shown=as_read(field, value),
    )


def typed() -> dict[str, str]:
    """What the request's form held, to fill it in again: of a box and its absence, the last."""
    return {name: values[-1] for name, values in request.form.lists()}


def as_input(field: fields.Field[Any], value: Any) -> Any:
    """A value as the form holds it; what could not be read stays as it was sent."""
    if value is None or isinstance(value, str):
        return value
    return field._serialize(value, None, None)


def as_read(field: fields.Field[Any], value: Any) -> str:
    if value is None or value == "":
        return ""
    if options := field.metadata.get("options"):
        return str(dict(options).get(value, value))
    if isinstance(value, Money):
        return money(value.decimal, value.currency)
    if isinstance(value, bool):
        return pgettext("value", "Yes") if value else pgettext("value", "No")
    if isinstance(value, date):
        return short_date(value)
    return number(value) if isinstance(value, int) else str(value)
