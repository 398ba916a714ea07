"""Requests that change something come from our own pages: Sec-Fetch-Site and a token say so.

Signed in, the token is derived from the session; before that it is a signed double submit.
"""

import hashlib
import hmac
import secrets

from flask import Response, g, request

from concord.errors import Forbidden
from concord.keys import derived_key
from concord.web.cookies import set_cookie
from concord.web.request import SAFE_METHODS, actor_or_none, is_api

COOKIE = "concord_form"
FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
# Endpoints whose address is a proof of its own: programs post to them, no page of ours does.
ONE_CLICK: set[str] = set()


def token() -> str:
    """The token that this page's forms send back."""
    return _sign(_secret())


def check() -> None:
    """Refuse (Forbidden) a change that another site, or no page of ours, asks for."""
    if request.method in SAFE_METHODS or is_api() or request.endpoint in ONE_CLICK:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden("This request came from another site.")
    sent = request.headers.get(HEADER) or request.form.get(FIELD, "")
    if not _known() or not hmac.compare_digest(sent.encode(), _sign(_secret()).encode()):
        raise Forbidden("This page is out of date. Reload it and try again.")


def browser() -> str:
    """This browser, for what it begins in one request and finishes in another: a digest of its
    session, or of the form's cookie before there is one."""
    return hmac.new(derived_key("browser"), _secret().encode(), hashlib.sha256).hexdigest()


def keep(response: Response) -> Response:
    """Send the cookie of the double submit where this request made one."""
    if made := g.get("csrf_cookie"):
        set_cookie(response, COOKIE, made)
    return response


def _secret() -> str:
    who = actor_or_none()
    if who is not None and who.session_id is not None:
        return f"session:{who.session_id}"
    kept = request.cookies.get(COOKIE) or g.get("csrf_cookie")
    if not kept:
        kept = g.csrf_cookie = secrets.token_urlsafe(24)
    return f"form:{kept}"


def _known() -> bool:
    return actor_or_none() is not None or COOKIE in request.cookies


def _sign(secret: str) -> str:
    return hmac.new(derived_key("csrf"), secret.encode(), hashlib.sha256).hexdigest()
