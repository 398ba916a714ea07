"""Reading a page's form by a schema: typed values, or sentences beside their fields."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _
from marshmallow import RAISE, Schema, ValidationError, fields, missing

from concord.errors import Invalid
from concord.web import csrf
from concord.web.marks import N_

ORIGINAL = "original."

# What marshmallow says by itself, in words for people.
SENTENCES = {
    "Missing data for required field.": N_("This is needed."),
    "Field may not be null.": N_("This is needed."),
    "Not a valid string.": N_("Write some text."),
    "Not a valid integer.": N_("Write a whole number."),
    "Not a valid number.": N_("Write a number."),
    "Not a valid boolean.": N_("Choose yes or no."),
    "Not a valid date.": N_("Write a day as YYYY-MM-DD."),
    "Not a valid datetime.": N_("Write a day and a time."),
    "Not a valid email address.": N_("Write an e-mail address, as zhou@example.com."),
    "Not a valid URL.": N_("Write a web address."),
    "Unknown field.": N_("There is no such field."),
}


def load(
    schema: Schema, *, partial: bool | Sequence[str] = False, beside: Collection[str] = ()
) -> dict[str, Any]:
    """The request's form as `schema` reads it, by attribute name.

    Empty fields that may be empty are None. `beside` names inputs that are not the schema's.
    Raises Invalid for everything else that is sent and for what cannot be taken.
    """
    sent = {name: value for name, value in _sent(schema) if name not in beside}
    try:
        loaded: dict[str, Any] = schema.load(sent, partial=partial, unknown=RAISE)
    except ValidationError as error:
        raise Invalid(sentences(error.messages_dict)) from None
    return loaded


def originals(schema: Schema) -> dict[str, Any]:
    """The values the form was filled with (`original.<field>`), by attribute name."""
    found: dict[str, Any] = {}
    for name, field in schema.load_fields.items():
        text = request.form.get(f"{ORIGINAL}{field.data_key or name}")
        if text is not None:
            found[field.attribute or name] = _as_typed(field, text)
    return found


def sentences(messages: Mapping[Any, Any]) -> dict[str, list[str]]:
    """Marshmallow's messages in the reader's language, one list for each field."""
    return {
        "_" if name == "_schema" else str(name): [
            _(SENTENCES.get(text, text)) for text in _flat(found)
        ]
        for name, found in messages.items()
    }


def _sent(schema: Schema) -> Iterator[tuple[str, Any]]:
    """The form's inputs; of those sent twice (a box and its absence) the last one stands."""
    known = {field.data_key or name: field for name, field in schema.load_fields.items()}
    for name, values in request.form.lists():
        if name == csrf.FIELD or name.startswith(ORIGINAL):
            continue
        field = known.get(name)
        if isinstance(field, fields.List):
            yield name, values
        elif values[-1] == "" and field is not None and field.allow_none:
            yield name, None
        else:
            yield name, values[-1]


def _as_typed(field: Any, text: str) -> Any:
    """An original as the schema reads it; one that it would not take stays as it was sent."""
    if text == "" and field.allow_none:
        return None
    try:
        value = field.deserialize(text)
    except ValidationError:
        return text
    return None if value is missing else value


def _flat(found: Any) -> Iterator[str]:
    if isinstance(found, Mapping):
        for inner in found.values():
            yield from _flat(inner)
    elif isinstance(found, str):
        yield found
    else:
        for inner in found:
            yield from _flat(inner)
