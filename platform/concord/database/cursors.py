"""Cursors: the values after which a page begins, signed and opaque to whoever carries them."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson
from flask_babel import gettext as _

from concord.errors import Invalid
from concord.keys import derived_key

SIGNATURE_LENGTH = 12
LONGEST = 4096
READERS: dict[str, Callable[[str], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "decimal": Decimal,
}


def seal(values: Sequence[Any], order: str) -> str:
    """A cursor that stands after `values`, good for this order only."""
    payload = orjson.dumps([_fingerprint(order), [_plain(value) for value in values]])
    return base64.urlsafe_b64encode(_signature(payload) + payload).rstrip(b"=").decode()


def unseal(cursor: str, order: str) -> list[Any]:
    """The values in a cursor; Invalid where it is senseless, altered or of another order."""
    payload = _checked(cursor)
    fingerprint, values = orjson.loads(payload) if payload is not None else (None, [])
    if fingerprint != _fingerprint(order):
        raise Invalid({"cursor": [_("This cursor does not belong to this list and order.")]})
    return [_read(value) for value in values]


def _checked(cursor: str) -> bytes | None:
    if len(cursor) > LONGEST or not cursor.isascii():
        return None
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except (binascii.Error, ValueError):
        return None
    signature, payload = raw[:SIGNATURE_LENGTH], raw[SIGNATURE_LENGTH:]
    return payload if hmac.compare_digest(signature, _signature(payload)) else None


def _signature(payload: bytes) -> bytes:
    return hmac.new(derived_key("cursor"), payload, hashlib.sha256).digest()[:SIGNATURE_LENGTH]


def _fingerprint(order: str) -> str:
    return hashlib.sha256(order.encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    """JSON with the types it lacks named beside the text."""
    if isinstance(value, datetime | date):
        return {type(value).__name__: value.isoformat()}
    return {"decimal": str(value)} if isinstance(value, Decimal) else value


def _read(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, text),) = value.items()
    return READERS[kind](text)
