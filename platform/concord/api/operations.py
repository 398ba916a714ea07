"""One operation in OpenAPI's words: a collection's verb, or what a view says of itself."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import RAISE, Schema

from concord.actors import Actor
from concord.api.collection import AnyCollection, Filter, chosen
from concord.api.describe import Operation
from concord.api.filtering import COMPARISONS, has_tags
from concord.api.tree import takes_tree
from concord.database.paging import LARGEST_LIMIT, LIMIT
from concord.records.models import Record

VERBS = {
    "list": _l("List"),
    "one": _l("Read one"),
    "create": _l("Create"),
    "update": _l("Change"),
    "archive": _l("Archive"),
}
TYPES: dict[type, dict[str, Any]] = {
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    int: {"type": "integer"},
    str: {"type": "string"},
}
TAG = {"name": "If-Match", "in": "header", "schema": {"type": "string"}}
KEY = {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "maxLength": 255}}
FILE = {
    "type": "object",
    "required": ["file"],
    "properties": {"file": {"type": "string", "format": "binary"}},
}
UPLOAD = {"required": True, "content": {"multipart/form-data": {"schema": FILE}}}
LEFT_OUT = ("concord", "modules", "api", "schemas")


def of_collection(collection: AnyCollection, verb: str, actor: Actor) -> dict[str, Any]:
    """What one verb of a collection takes and gives, for `actor`."""
    shown = collection.shown_to(actor).schema
    operation: dict[str, Any] = {"tags": [collection.name], "summary": str(VERBS[verb])}
    if verb == "list":
        parameters = [*_of_lists(collection, actor), *_filters(collection, actor)]
        answers = {"200": _content(paged(shown, "string")), **problems(422)}
    elif verb == "one":
        parameters, answers = [], {"200": _content(shown), **problems(404)}
    elif verb == "create":
        parameters, answers = [KEY], {"201": _content(shown), **problems(409, 415, 422)}
        operation["requestBody"] = _sent(_taken(collection, actor))
    elif verb == "update":
        answers = {"200": _content(shown), **problems(404, 409, 412, 415, 422)}
        parameters = [TAG, KEY]
        operation["requestBody"] = _sent(_taken(collection, actor, changing=True))
    else:
        parameters = [TAG]
        if issubclass(collection.model, Record):
            purging = {"type": "string", "enum": ["1"]}
            parameters.append(
                _query("purge", purging, _("1 erases it for good, with the right to"))
            )
        answers = {"204": {"description": _("Done")}, **problems(404, 412)}
    return {**operation, "parameters": parameters, "responses": answers}


def described(operation: Operation, actor: Actor) -> dict[str, Any]:
    """The same for a view that describes itself."""
    shown = chosen(operation.response, actor) if operation.response is not None else None
    content: Any = paged(shown, operation.paged) if shown and operation.paged else shown
    answers = {str(operation.status): _content(content) if shown else {"description": _("Done")}}
    found: dict[str, Any] = {
        "tags": [operation.tag],
        "summary": str(operation.summary),
        "parameters": [
            _query(parameter.name, {"type": parameter.kind}, str(parameter.description))
            for parameter in operation.parameters
        ],
        "responses": answers | problems(404, 422),
    }
    if operation.keyed:
        found["parameters"].append(KEY)
    if operation.upload:
        found["requestBody"] = UPLOAD
    elif operation.request is not None:
        found["requestBody"] = _sent(operation.request(unknown=RAISE))
    return found


def paged(schema: Any, cursor: str) -> dict[str, Any]:
    """`{"items": […], "next": …}`."""
    items = {"type": "array", "items": schema}
    properties = {"items": items, "next": {"type": [cursor, "null"]}}
    return {"type": "object", "required": ["items", "next"], "properties": properties}


def problems(*statuses: int) -> dict[str, Any]:
    """The failures to expect, beside those that any request may meet."""
    reference = {"$ref": "#/components/schemas/Problem"}
    content = {"application/problem+json": {"schema": reference}}
    sentences = {
        401: _("No valid token"),
        403: _("Seen, but not allowed"),
        404: _("Not there, or not for the caller"),
        409: _("Changed by somebody else meanwhile"),
        412: _("If-Match is not the version now; the problem holds the current value"),
        415: _("The body is not JSON"),
        429: _("Too many requests; Retry-After says how long to wait"),
        422: _("A value cannot be taken; `errors` says which and why"),
    }
    return {
        str(status): {"description": sentences[status], "content": content}
        for status in sorted({401, 403, 429, *statuses})
    }


def schema_name(schema: type[Schema] | Schema | str) -> str:
    """A component's name: its class, after the package it is of."""
    if isinstance(schema, str):
        return schema
    kind = schema if isinstance(schema, type) else type(schema)
    parts = [part for part in kind.__module__.split(".") if part not in LEFT_OUT]
    changing = isinstance(schema, Schema) and schema.partial
    return ".".join([*parts, kind.__name__ + ("Change" if changing else "")])


def _taken(collection: AnyCollection, actor: Actor, *, changing: bool = False) -> Schema:
    schema = collection.in_for(actor)
    left_out = collection.hidden(actor) | (collection.fixed if changing else frozenset())
    known = schema._declared_fields.keys()
    return schema(unknown=RAISE, exclude=left_out & known, partial=changing or None)


def _of_lists(collection: AnyCollection, actor: Actor) -> Iterator[dict[str, Any]]:
    limit = {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": LIMIT}
    yield _query("limit", limit, _("How many at once"))
    yield _query("cursor", {"type": "string"}, _("The `next` of the page before"))
    if names := [*collection.sorts_for(actor)]:
        choices = {"type": "string", "enum": [*names, *(f"-{name}" for name in names)]}
        yield _query("sort", choices, _("The order; with - downwards"))
    if takes_tree(collection, actor):
        about = _("A tree of conditions as JSON, or short: tier:is:gold;(city:is:Wuxi|owner:is:me)")
        yield _query("filter", {"type": "string"}, about)
    if collection.search is not None:
        yield _query("q", {"type": "string"}, _("Words to search for"))


def _filters(collection: AnyCollection, actor: Actor) -> Iterator[dict[str, Any]]:
    for name, declared in collection.filters_for(actor).items():
        kind = Filter.of(declared).kind
        yield _query(name, TYPES[kind], _("Equal; empty for none"))
        for comparison in COMPARISONS[kind]:
            schema = TYPES[str] if comparison == "in" else TYPES[kind]
            yield _query(f"{name}.{comparison}", schema, "")
    if has_tags(collection, actor):
        yield _query("tag", TYPES[str], _("The name of a tag"))
        yield _query("tag.in", TYPES[str], "")


def _query(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    found: dict[str, Any] = {"name": name, "in": "query", "schema": schema}
    return {**found, "description": description} if description else found


def _sent(schema: Any) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _content(schema: Any) -> dict[str, Any]:
    return {"description": _("Done"), "content": {"application/json": {"schema": schema}}}
