"""Reading what a caller sends: JSON of the declared shape, or a problem that says where."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

import orjson
from flask import request
from flask_babel import gettext as _
from marshmallow import RAISE, Schema, ValidationError, fields, validate
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from concord.api.fields import LARGEST_INTEGER
from concord.errors import MOST_ERRORS, Invalid
from concord.web.forms import SENTENCES

DEEPEST = 20


def read(
    schema: type[Schema],
    *,
    partial: bool = False,
    hidden: frozenset[str] = frozenset(),
    fixed: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """The request's JSON object, loaded by `schema`; unknown and `hidden` fields are refused alike.

    `fixed` fields are refused with a sentence of their own: they are set at creation only.
    """
    return load(schema, read_json(), partial=partial, hidden=hidden, fixed=fixed)


def load(
    schema: type[Schema],
    sent: Mapping[str, Any],
    *,
    partial: bool = False,
    hidden: frozenset[str] = frozenset(),
    fixed: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """The same for an object that was read before, or is a part of another."""
    if set_for_good := sorted(fixed & sent.keys()):
        sentence = _("This is set when the record is made and does not change.")
        raise Invalid({name: [sentence] for name in set_for_good})
    loading = _loading(schema, hidden)
    _check_types(loading, sent)
    try:
        loaded: dict[str, Any] = loading.load(sent, partial=partial)
    except ValidationError as error:
        raise Invalid(flat(_messages(error))) from None
    return loaded


def read_json() -> dict[str, Any]:
    """The body as a JSON object. Raises 415, 400 or Invalid."""
    if request.mimetype != "application/json" and not request.mimetype.endswith("+json"):
        raise UnsupportedMediaType
    try:
        sent = orjson.loads(request.get_data())
    except orjson.JSONDecodeError:
        raise BadRequest from None
    if not isinstance(sent, dict):
        raise Invalid({"_": [_("Send a JSON object.")]})
    for name, value in sent.items():
        _check_value(name, value)
    return sent


def flat(messages: Mapping[Any, Any]) -> dict[str, list[str]]:
    """Marshmallow's nested messages as field → sentences in the caller's language, not all."""
    found: dict[str, list[str]] = {}
    for at, text in islice(_sentences(messages, ""), MOST_ERRORS):
        found.setdefault(at or "_", []).append(_said(text))
    return found


def _said(text: str) -> str:
    """A message of marshmallow in the caller's language."""
    return _(SENTENCES.get(text, text))


def _sentences(messages: Mapping[Any, Any], path: str) -> Iterator[tuple[str, str]]:
    for name, inner in messages.items():
        at = path if name == "_schema" else f"{path}.{name}" if path else str(name)
        if isinstance(inner, Mapping):
            yield from _sentences(inner, at)
        else:
            for text in [inner] if isinstance(inner, str) else inner:
                yield at, text


def _messages(error: ValidationError) -> dict[Any, Any]:
    return error.messages if isinstance(error.messages, dict) else {"_schema": error.messages}


@lru_cache(maxsize=512)
def _loading(schema: type[Schema], hidden: frozenset[str]) -> Schema:
    return schema(unknown=RAISE, exclude=hidden & schema._declared_fields.keys())


def _check_value(field: str, value: Any) -> None:
    """Refuse what no column can hold, however deep: NUL, numbers past 64 bits, endless nesting."""
    waiting = [(field, 0), (value, 0)]
    while waiting:
        part, depth = waiting.pop()
        if depth > DEEPEST:
            raise Invalid({field: [_("This is nested too deeply.")]})
        if isinstance(part, str) and "\x00" in part:
            raise Invalid({field: [_("The text holds a character that cannot be stored.")]})
        if isinstance(part, int) and abs(part) > LARGEST_INTEGER:
            raise Invalid({field: [_("This number is too large.")]})
        if isinstance(part, dict):
            waiting += [(inner, depth + 1) for pair in part.items() for inner in pair]
        elif isinstance(part, list):
            waiting += [(inner, depth + 1) for inner in part]


def _check_types(schema: Schema, sent: Mapping[str, Any]) -> None:
    """Numbers are numbers and truths are truths: marshmallow is lenient for the sake of forms."""
    errors: dict[str, list[str]] = {}
    for name, field in schema.load_fields.items():
        key = field.data_key or name
        if sentence := _mistyped(field, sent.get(key)):
            errors[key] = [sentence]
    if errors:
        raise Invalid(errors)


def _mistyped(field: fields.Field[Any], value: Any) -> str | None:
    """What is wrong with the type of a value, or of something in it.

    A list that is too long is refused before each of its items is read.
    """
    if isinstance(field, fields.Integer):
        return None if value is None or type(value) is int else _("Send a whole number.")
    if isinstance(field, fields.Boolean):
        return None if value is None or type(value) is bool else _("Send true or false.")
    inner: Iterable[tuple[fields.Field[Any], Any]] = ()
    if isinstance(field, fields.List) and isinstance(value, list):
        if sentence := _too_long(field, value):
            return sentence
        inner = ((field.inner, item) for item in value)
    elif isinstance(field, fields.Nested) and isinstance(value, dict):
        known = field.schema.load_fields
        inner = ((known[name], item) for name, item in value.items() if name in known)
    return next(filter(None, (_mistyped(*pair) for pair in inner)), None)


def _too_long(field: fields.Field[Any], value: list[Any]) -> str | None:
    for validator in field.validators:
        if isinstance(validator, validate.Length):
            try:
                validator(value)
            except ValidationError as error:
                return _said(str(error.messages[0]))
    return None
