"""The API's description (OpenAPI 3.1), made of what collections and views declare."""

import re
from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask
from flask_babel import gettext as _
from werkzeug.routing import Rule

from concord.actors import Actor
from concord.api.describe import operation_of
from concord.api.operations import described, of_collection, problems, schema_name
from concord.installation import current_installation
from concord.money import MoneyField
from concord.web.routing import PUBLIC, access_of

PREFIX = "/api/v1/"
CONVERTED = re.compile(r"<(?:[^<>:]+:)?([^<>]+)>")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "current": {"type": "object"},
        "request_id": {"type": "string"},
    },
}
MONEY = {
    "type": "object",
    "required": ["amount", "currency"],
    "properties": {
        "amount": {"type": "string", "examples": ["1280000.00"]},
        "currency": {"type": "string", "examples": ["CNY"]},
    },
}


def describe(app: Flask, actor: Actor) -> dict[str, Any]:
    """The API as `actor` may use it: the routes of their face, the fields that exist for them."""
    plugin = MarshmallowPlugin(schema_name_resolver=schema_name)
    spec = APISpec(
        title="Concord",
        version=version("concord"),
        openapi_version="3.1.0",
        plugins=[plugin],
        info={"description": _("Everything goes by the rights of the person the token acts for.")},
        servers=[{"url": current_installation().settings.base_url.rstrip("/")}],
        security=[{"token": []}],
    )
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    spec.components.schema("Problem", PROBLEM)
    assert plugin.converter is not None
    for attribute in (_money, _meaning):
        plugin.converter.add_attribute_function(attribute)  # type: ignore[no-untyped-call]
    for path, methods in sorted(_paths(app, actor).items()):
        spec.path(path, operations=methods)
    return spec.to_dict()


def _paths(app: Flask, actor: Actor) -> dict[str, dict[str, Any]]:
    paths: dict[str, dict[str, Any]] = {}
    for rule, view in _routes(app, actor):
        for method in (name for name in METHODS if name in (rule.methods or ())):
            operation = _operation(rule, view, method, actor)
            paths.setdefault(_path(rule), {})[method.lower()] = operation
    return paths


def _routes(app: Flask, actor: Actor) -> Iterator[tuple[Rule, Callable[..., Any]]]:
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        access = access_of(view)
        if not rule.rule.startswith(PREFIX) or access is None:
            continue
        if access.permission is PUBLIC or actor.face in access.faces:
            yield rule, view


def _operation(rule: Rule, view: Callable[..., Any], method: str, actor: Actor) -> dict[str, Any]:
    """One method of one address, with what any of them has."""
    collection, said = getattr(view, "collection", None), operation_of(view)
    if collection is not None:
        operation = of_collection(collection, getattr(view, "verb", ""), actor)
    else:
        operation = described(said, actor) if said is not None else _undescribed(rule, view)
    access = access_of(view)
    if access is not None and isinstance(access.permission, str):
        operation["x-permission"] = str(access.permission)
    operation["operationId"] = f"{rule.endpoint.replace('.', '_')}_{method.lower()}"
    operation["parameters"] = [*_of_path(rule), *operation.get("parameters", ())]
    return operation


def _undescribed(rule: Rule, view: Callable[..., Any]) -> dict[str, Any]:
    """What can be said of a view that says nothing of itself."""
    summary = (view.__doc__ or rule.endpoint).strip().splitlines()[0]
    tag = rule.rule.removeprefix(PREFIX).split("/")[0]
    return {
        "tags": [tag],
        "summary": summary,
        "responses": {"200": {"description": _("Done")}, **problems()},
    }


def _path(rule: Rule) -> str:
    """The address with its arguments in braces."""
    return CONVERTED.sub(r"{\1}", rule.rule)


def _of_path(rule: Rule) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "integer"}}
        for name in sorted(rule.arguments)
    ]


def _money(_converter: Any, field: Any, **_options: Any) -> dict[str, Any]:
    return dict(MONEY) if isinstance(field, MoneyField) else {}


def _meaning(_converter: Any, field: Any, **_options: Any) -> dict[str, Any]:
    """What a field says of itself, or its label on pages."""
    said = field.metadata.get("description") or field.metadata.get("label")
    return {"description": str(said)} if said else {}
