"""What belongs to the request at hand: its database session and its actor."""

from flask import g, request
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.errors import Unauthorized
from concord.installation import current_installation

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def session() -> Session:
    """The request's session, opened when first asked: reading for GET and HEAD, else writing."""
    if "session" not in g:
        database = current_installation().database
        reading = request.method in SAFE_METHODS
        g.session = database.read_session() if reading else database.write_session()
        g.session.info["actor"] = g.get("actor")
    opened: Session = g.session
    return opened


def read_body() -> None:
    """Take in what was sent before a writing session opens: a slow sender must hold no lock."""
    if request.method not in SAFE_METHODS and not is_api():
        request.form  # noqa: B018  reading it parses it, uploads included


def close_session() -> None:
    """Roll back what is not committed and give the connection back."""
    opened: Session | None = g.pop("session", None)
    if opened is not None:
        opened.close()


def begin_again() -> None:
    """As if the view had not run: nothing is changed or said, and all that was sent is there."""
    close_session()
    g.pop("toasts", None)
    for file in request.files.values():
        file.stream.seek(0)


def commit() -> None:
    """Commit the request's session, if it was opened for writing."""
    opened: Session | None = g.get("session")
    if opened is not None and request.method not in SAFE_METHODS:
        opened.commit()


def actor() -> Actor:
    """Who is asking; Unauthorized when nobody is signed in."""
    found = actor_or_none()
    if found is None:
        raise Unauthorized
    return found


def actor_or_none() -> Actor | None:
    found: Actor | None = g.get("actor")
    return found


def is_api() -> bool:
    return request.path.startswith("/api/v1/")


def is_failure() -> bool:
    """The answer is an error page: it stands alone, and asks nothing more of the database."""
    return bool(g.get("failure"))


def is_fragment() -> bool:
    """htmx asked for a part of a page."""
    return request.headers.get("HX-Request") == "true"
