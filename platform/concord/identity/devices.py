"""Known devices: a signed cookie says who has signed in here before, so strangers who guess at an
account do not lock its owner out."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any

from flask import request
from itsdangerous import BadData, URLSafeTimedSerializer

from concord.keys import derived_key
from concord.web.cookies import set_cookie_later

COOKIE = "concord_device"
KEPT = timedelta(days=400)
MOST_ACCOUNTS = 5


def known_device(email: str) -> str | None:
    """The name of this browser, if the owner of `email` has signed in with it before."""
    kept = _read()
    return str(kept["id"]) if _digest(email) in kept["accounts"] else None


def remember_device(email: str) -> None:
    """Let this browser be known to the account from now on; the answer carries the cookie."""
    kept = _read()
    others = [account for account in kept["accounts"] if account != _digest(email)]
    kept["accounts"] = [_digest(email), *others][:MOST_ACCOUNTS]
    value = _signer().dumps(kept)
    set_cookie_later(COOKIE, value, KEPT)


def _read() -> dict[str, Any]:
    try:
        kept: dict[str, Any] = _signer().loads(
            request.cookies.get(COOKIE, ""), max_age=int(KEPT.total_seconds())
        )
    except BadData:
        return {"id": secrets.token_urlsafe(12), "accounts": []}
    return kept


def _digest(email: str) -> str:
    return hmac.new(derived_key("device"), email.encode(), hashlib.sha256).hexdigest()[:24]


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(derived_key("device"), salt="device")
