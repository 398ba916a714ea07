"""What those who run the program ask it: does it live, is it ready, how does it do."""

import hmac
from typing import cast

from flask import Flask, Response, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from concord.errors import NotFound
from concord.installation import current_installation
from concord.migrations.state import is_current
from concord.web.measuring import measure
from concord.web.routing import PUBLIC, Routes

routes = Routes("health", __name__)
routes.record_once(lambda state: measure(cast("Flask", state.app)))


@routes.get("/livez", permission=PUBLIC)
def livez() -> Response:
    """The process answers."""
    return _word("alive", 200)


@routes.get("/readyz", permission=PUBLIC)
def readyz() -> Response:
    """The database answers and is of this release."""
    try:
        with current_installation().database.reading() as session:
            ready = is_current(session)
    except (SQLAlchemyError, OSError):
        ready = False
    return _word("ready", 200) if ready else _word("unready", 503)


@routes.get("/metrics", permission=PUBLIC)
def metrics() -> Response:
    """Figures for whoever holds CONCORD_METRICS_TOKEN; for all others there is no such page."""
    wanted = current_installation().settings.metrics_token
    offered = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not wanted or not hmac.compare_digest(offered.encode(), wanted.encode()):
        raise NotFound
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _word(word: str, status: int) -> Response:
    response = Response(word, status, content_type="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response
