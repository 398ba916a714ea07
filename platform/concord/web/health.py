"""What those who run the program ask it: does it live, is it ready, how does it do."""

import hmac
from typing import cast

from flask import Flask, Response, current_app, request
from flask.blueprints import BlueprintSetupState
from prometheus_client import CONTENT_TYPE_LATEST

from concord.errors import NotFound
from concord.installation import Installation, current_installation
from concord.watching.figures import Figures
from concord.watching.readiness import Readiness, Word
from concord.web.measuring import measure
from concord.web.routing import PUBLIC, Routes

routes = Routes("health", __name__)


@routes.record_once
def _begin(state: BlueprintSetupState) -> None:
    app = cast("Flask", state.app)
    installation: Installation = app.extensions["concord"]
    app.extensions["concord.readiness"] = Readiness(installation)
    app.extensions["concord.figures"] = Figures(installation)
    measure(app)


@routes.get("/livez", permission=PUBLIC)
def livez() -> Response:
    """The process answers."""
    return _word("alive", 200)


@routes.get("/readyz", permission=PUBLIC)
def readyz() -> Response:
    """Whether this process can serve; `degraded` serves too, but somebody should look."""
    readiness: Readiness = current_app.extensions["concord.readiness"]
    word = readiness.word()
    return _word(word, 503 if word is Word.UNREADY else 200)


@routes.get("/metrics", permission=PUBLIC)
def metrics() -> Response:
    """Figures for whoever holds CONCORD_METRICS_TOKEN; for all others there is no such page."""
    wanted = current_installation().settings.metrics_token
    offered = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not wanted or not hmac.compare_digest(offered.encode(), wanted.encode()):
        raise NotFound
    figures: Figures = current_app.extensions["concord.figures"]
    return Response(figures.text(), content_type=CONTENT_TYPE_LATEST)


def _word(word: str, status: int) -> Response:
    response = Response(word, status, content_type="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response
