"""Answers of the REST API: JSON that nobody but the caller keeps, with the version as its tag."""

from typing import Any

import orjson
from flask import Response, request
from flask_babel import LazyString

JSON = "application/json"


def answer(
    content: Any, status: int = 200, *, tag: int | None = None, location: str | None = None
) -> Response:
    """`content` as JSON. With `tag` a caller that holds this version already gets 304."""
    response = Response(encoded(content), status, mimetype=JSON)
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Authorization")
    if location is not None:
        response.headers["Location"] = location
    if tag is not None:
        response.set_etag(str(tag))
        if request.method in ("GET", "HEAD") and request.if_none_match.contains(str(tag)):
            response.status_code = 304
            response.set_data(b"")
    return response


def nothing() -> Response:
    return Response(status=204)


def encoded(content: Any) -> bytes:
    options = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS
    return orjson.dumps(content, default=_text, option=options)


def _text(value: Any) -> str:
    """Texts that wait for their reader's language; anything else has no place in an answer."""
    if isinstance(value, LazyString):
        return str(value)
    raise TypeError(type(value).__name__)
