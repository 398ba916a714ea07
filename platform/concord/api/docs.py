"""The API's description: as a document for programs, as a page for the staff who write them."""

from typing import Any

from flask import Response, current_app
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Page

from concord.actors import Actor
from concord.api.answers import answer
from concord.api.describe import Operation, describes
from concord.api.examples import postman
from concord.api.openapi import describe
from concord.api.reading import groups
from concord.web.pages import render
from concord.web.rates import costly
from concord.web.request import actor
from concord.web.routing import EVERYBODY, SIGNED_IN, Routes

routes = Routes("api_docs", __name__)
KEPT = "concord.api.descriptions"
MOST_KEPT = 32


@routes.get("/api/v1/openapi.json", permission=SIGNED_IN, faces=EVERYBODY)
@describes(Operation(tag="description", summary=_l("This description")))
@costly("120/minute")
def document() -> Response:
    return answer(description(actor()))


@routes.get("/api/docs/openapi.json", permission=SIGNED_IN)
def document_for_a_browser() -> Response:
    """The same by cookie, which means nothing under /api/v1."""
    return answer(description(actor()))


@routes.get("/api/v1/postman.json", permission=SIGNED_IN, faces=EVERYBODY)
@costly("120/minute")
@describes(Operation(tag="description", summary=_l("All examples as a Postman collection")))
def collection() -> Response:
    return answer(postman(description(actor())))


@routes.get("/api/docs/postman.json", permission=SIGNED_IN)
def collection_for_a_browser() -> Response:
    return answer(postman(description(actor())))


@routes.get("/api/docs", permission=SIGNED_IN)
def page() -> Page:
    return render("api/docs.html", groups=groups(description(actor())))


def description(who: Actor) -> dict[str, Any]:
    """The description for a caller like this one: made once for each kind of caller."""
    kept: dict[Any, dict[str, Any]] = current_app.extensions.setdefault(KEPT, {})
    alike = (who.face, who.field_groups, str(get_locale()))
    if alike not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[alike] = describe(current_app, who)
    return kept[alike]
