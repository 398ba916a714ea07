"""Short messages after an action, with an undo: on the fragment's answer, or on the next page."""

import json
from datetime import timedelta
from typing import Any

from flask import Response, g, request
from itsdangerous import BadData, URLSafeSerializer

from concord.keys import derived_key
from concord.web.cookies import set_cookie
from concord.web.request import is_fragment

COOKIE = "concord_toast"
KEPT = timedelta(minutes=1)


def toast(message: str, *, undo: str | None = None, tone: str = "ok") -> None:
    """Say `message` to the person; `undo` is a URL that takes a POST and reverts the action."""
    g.setdefault("toasts", []).append({"message": message, "undo": undo, "tone": tone})


def deliver(response: Response) -> Response:
    """Send the toasts: with htmx in a trigger header, before a redirect in a signed cookie."""
    waiting: list[dict[str, Any]] = g.pop("toasts", [])
    if waiting and is_fragment() and "HX-Redirect" not in response.headers:
        response.headers["HX-Trigger"] = json.dumps({"concord:toast": waiting[-1]})
    elif waiting:
        set_cookie(response, COOKIE, _signer().dumps(waiting), KEPT)
    elif g.pop("toasts_shown", False):
        response.delete_cookie(COOKIE)
    return response


def carried() -> list[dict[str, Any]]:
    """The toasts brought over from before a redirect; shown once."""
    if COOKIE not in request.cookies:
        return []
    g.toasts_shown = True
    try:
        found: list[dict[str, Any]] = _signer().loads(request.cookies[COOKIE])
    except BadData:
        return []
    return found


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(derived_key("toast"))
