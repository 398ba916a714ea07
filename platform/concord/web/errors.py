"""Every failure as an answer: problem+json for programs, a page or fragment for people.

Nothing of the inside (statement, path, stack) leaves; the request id finds it in the log.
"""

from typing import Any
from urllib.parse import urlencode

import structlog
from flask import Flask, Response, g, jsonify, make_response, redirect, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from concord.audit.refusals import note_refusal
from concord.errors import ConcordError, Conflict, Invalid, Stale, TooMany, Unauthorized
from concord.web.request import close_session, is_api, is_fragment

log = structlog.get_logger()


def register(app: Flask) -> None:
    app.register_error_handler(ConcordError, _known)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(StaleDataError, lambda error: _known(Conflict()))
    app.register_error_handler(IntegrityError, lambda error: _known(Conflict()))
    app.register_error_handler(OperationalError, _unavailable)
    app.register_error_handler(PoolTimeout, _unavailable)
    app.register_error_handler(TimeoutError, _unavailable)
    app.register_error_handler(DBAPIError, _rejected)
    app.register_error_handler(Exception, _unknown)


def _known(error: ConcordError) -> Any:
    close_session()
    if error.status == 403:
        note_refusal()
    if isinstance(error, Unauthorized) and not is_api():
        return _to_sign_in()
    extra: dict[str, Any] = {}
    if isinstance(error, Invalid):
        extra["errors"] = error.errors
    if isinstance(error, Stale):
        extra["current"] = error.current
    response = answer(error.status, error.title, error.detail, extra)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, Unauthorized):
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _http(error: HTTPException) -> Any:
    close_session()
    if error.code is None or error.code < 400:
        return error
    response = answer(error.code, error.name, "")
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _unavailable(error: Exception) -> Response:
    close_session()
    log.error("database_unavailable", error=type(error).__name__, exc_info=True)
    detail = _("The data cannot be reached right now. Try again in a moment.")
    response = answer(503, "Service unavailable", detail)
    response.headers["Retry-After"] = "5"
    return response


def _rejected(error: DBAPIError) -> Response:
    """The database would not take a value (a NUL byte, a number out of range)."""
    if error.connection_invalidated:
        return _unavailable(error)
    close_session()
    log.warning("database_rejected", error=type(error.orig).__name__, exc_info=True)
    data_error = type(error.orig).__name__ in (
        "DataError",
        "OverflowError",
        "NumericValueOutOfRange",
    )
    return answer(422, Invalid.title, "") if data_error else answer(500, ConcordError.title, "")


def _unknown(error: Exception) -> Response:
    close_session()
    if isinstance(error, OverflowError):
        return answer(422, Invalid.title, "")
    log.error("unexpected", error=type(error).__name__, exc_info=True)
    return answer(500, ConcordError.title, "")


def answer(status: int, title: str, detail: str, extra: dict[str, Any] | None = None) -> Response:
    """The failure in the caller's own form."""
    if is_api() or request.accept_mimetypes.best == "application/json":
        problem = {
            "type": "about:blank",
            "title": title,
            "status": status,
            "detail": detail or title,
            "request_id": g.get("request_id"),
            **(extra or {}),
        }
        response = jsonify(problem)
        response.status_code = status
        response.content_type = "application/problem+json"
        return response
    g.failure = True
    template = "errors/fragment.html" if is_fragment() else "errors/error.html"
    page = render_template(
        template,
        status=status,
        title=_(title),
        detail=_(detail) if detail else "",
        errors=(extra or {}).get("errors", {}),
        request_id=g.get("request_id"),
    )
    return make_response(page, status)


def _to_sign_in() -> Any:
    wanted = request.full_path.rstrip("?") if request.method == "GET" else "/"
    target = "/login" if wanted == "/" else "/login?" + urlencode({"next": wanted})
    if is_fragment():
        response = make_response("", 401)
        response.headers["HX-Redirect"] = "/login"
        return response
    return redirect(target)
