"""The key by which push services know this installation: made once, its private part sealed."""

import time
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from concord import keyring
from concord.installation import current_installation
from concord.mail.message import sender
from concord.organisation import Setting, read_setting

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

SETTING = "push"
PURPOSE = "push"
HOURS = 12


def public_key(session: Session) -> str:
    """What browsers subscribe with; the key is made when the first one asks."""
    if not read_setting(session, SETTING):
        on_postgres = session.get_bind().dialect.name == "postgresql"
        insert = (postgresql.insert if on_postgres else sqlite.insert)(Setting)
        # Of two browsers that are the first, one's key stands.
        session.execute(insert.values(key=SETTING, value=_made()).on_conflict_do_nothing())
    return str(read_setting(session, SETTING)["public"])


def authorization(session: Session, endpoint: str) -> str:
    """The Authorization header for one push service (RFC 8292)."""
    # Signing loads a library that pages never need.
    from py_vapid import Vapid02

    private = keyring.unseal(PURPOSE, read_setting(session, SETTING)["private"])
    service = urlsplit(endpoint)
    claims = {
        "sub": f"mailto:{sender(current_installation().settings)}",
        "aud": f"{service.scheme}://{service.netloc}",
        "exp": str(int(time.time()) + HOURS * 3600),
    }
    return str(Vapid02.from_pem(private).sign(claims)["Authorization"])


def _made() -> dict[str, str]:
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    return {"public": _point(key), "private": keyring.seal(PURPOSE, _pem(key))}


def _point(key: "EllipticCurvePrivateKey") -> str:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).decode().rstrip("=")


def _pem(key: "EllipticCurvePrivateKey") -> bytes:
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
