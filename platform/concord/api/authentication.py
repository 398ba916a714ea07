"""Who calls: the Bearer token in the Authorization header, and nothing else."""

import time

import structlog
from flask import Response, current_app, g, request
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from concord.actors import Actor
from concord.errors import Unauthorized
from concord.identity.tokens import actor_of_token, note_use
from concord.installation import current_installation
from concord.web.request import SAFE_METHODS, is_api, session
from concord.web.routing import PUBLIC, access_of

SCHEME = "bearer"
LARGEST_BODY = 2 * 1024 * 1024
NOTED_EVERY = 60.0
TOKEN_PARAMETERS = frozenset({"access_token", "api_key", "apikey", "bearer", "token"})
log = structlog.get_logger()
NOTED = "concord.api.tokens_noted"


def authenticate() -> None:
    """Make the token's person the actor of an API request; Unauthorized without a valid token.

    The body is read first and the token apart from a change: on SQLite a writing session keeps
    all other writers waiting, and neither slow senders nor strangers may do that.
    """
    if not is_api():
        return
    token = _token()
    if token is None:
        if not _open_to_anybody():
            raise Unauthorized(_("Send an API token: Authorization: Bearer <token>."))
        return
    if request.mimetype != "multipart/form-data":
        request.max_content_length = LARGEST_BODY
    request.get_data(cache=True, parse_form_data=True)
    g.actor = _actor(token)
    if "session" in g:
        session().info["actor"] = g.actor


def _actor(token: str) -> Actor:
    if request.method in SAFE_METHODS:
        found = actor_of_token(session(), token)
    else:
        with current_installation().database.read_session() as reading:
            found = actor_of_token(reading, token)
    if found is None:
        raise Unauthorized(_("This token is not valid, or no longer."))
    return found


def _token() -> str | None:
    if TOKEN_PARAMETERS & {name.lower() for name in request.args}:
        raise Unauthorized(_("A token in an address can be read by others: send it in a header."))
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == SCHEME else None


def _open_to_anybody() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    access = access_of(view) if view is not None else None
    return access is not None and access.permission is PUBLIC


def note_token(response: Response) -> Response:
    """Once a minute, keep when a token was last used: after the answer has gone out."""
    who: Actor | None = g.get("actor")
    if who is None or who.token_id is None:
        return response
    token_id, moment = who.token_id, time.monotonic()
    noted: dict[int, float] = current_app.extensions.setdefault(NOTED, {})
    if moment - noted.get(token_id, -NOTED_EVERY) >= NOTED_EVERY:
        noted[token_id] = moment
        database = current_installation().database

        @response.call_on_close
        def _note() -> None:
            try:
                with database.writing() as writing:
                    note_use(writing, token_id)
                    writing.commit()
            except (SQLAlchemyError, TimeoutError):
                log.warning("token_use_not_noted", exc_info=True)

    return response
