"""The REST API under /api/v1: collections of all modules, timelines, notifications, its spec."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, Flask
from werkzeug.routing import IntegerConverter, Map

from concord.actors import Face
from concord.api import docs, notifications, preferences, search, timeline
from concord.api.authentication import authenticate, note_token
from concord.api.collection import AnyCollection
from concord.api.resources import Resource
from concord.bulk import api as bulk_runs
from concord.installation import Installation
from concord.records.access import LARGEST_ID
from concord.tags import api as tags
from concord.web.routing import declared

PREFIX = "/api/v1"


class ShortIntegerConverter(IntegerConverter):
    """An id in an address; what cannot be one leads nowhere."""

    regex = "[0-9]{1,19}"

    def __init__(self, addresses: Map) -> None:
        super().__init__(addresses, min=1, max=LARGEST_ID)


def register_api(app: Flask, installation: Installation) -> None:
    """Give every collection its routes; LookupError where two have one name."""
    app.url_map.converters["identifier"] = ShortIntegerConverter
    app.before_request(authenticate)
    app.after_request(note_token)
    blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
    names: set[str] = set()
    for collection in (c for module in installation.modules for c in module.collections):
        if collection.name in names:
            raise LookupError(f"two modules define the collection {collection.name!r}")
        names.add(collection.name)
        _add(blueprint, collection)
    for bulk in (b for module in installation.modules for b in module.bulk):
        rule = f"/{bulk.collection.name}/bulk"
        blueprint.add_url_rule(
            rule, f"{bulk.collection.name}_bulk", bulk_runs.begin_view(bulk), methods=["POST"]
        )
    for routes in (
        blueprint,
        timeline.routes,
        notifications.routes,
        preferences.routes,
        search.routes,
        bulk_runs.routes,
        tags.routes,
        docs.routes,
    ):
        app.register_blueprint(routes)


def _add(blueprint: Blueprint, collection: AnyCollection) -> None:
    """The routes of one collection; without its action a method does not exist (405)."""
    resource, write = Resource(collection), collection.permission_write
    archive = collection.permission_archive or write
    reading, writing = collection.faces, collection.writing_faces
    many, one = f"/{collection.name}", f"/{collection.name}/<identifier:record_id>"

    def add(rule: str, verb: str, method: str, permission: str, faces: Iterable[Face]) -> None:
        view: Callable[..., Any] = declared(getattr(resource, verb), permission, faces)
        view.collection, view.verb = collection, verb  # type: ignore[attr-defined]
        blueprint.add_url_rule(rule, f"{collection.name}_{verb}", view, methods=[method])

    add(many, "list", "GET", collection.permission_read, reading)
    add(one, "one", "GET", collection.permission_read, reading)
    if collection.create is not None:
        add(many, "create", "POST", write, writing)
    if collection.update is not None:
        add(one, "update", "PATCH", write, writing)
    if collection.archive is not None:
        add(one, "archive", "DELETE", archive, writing)
