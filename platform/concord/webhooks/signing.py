"""The secret that signs what is delivered, as Standard Webhooks writes it: `whsec_…`."""

import base64
import binascii
import secrets
from datetime import datetime

from flask_babel import gettext as _
from standardwebhooks.webhooks import Webhook as Signer

from concord.errors import Invalid
from concord.keyring import seal, unseal

PREFIX = "whsec_"
PURPOSE = "webhooks"
SHORTEST, LONGEST = 24, 64


def made() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def checked(secret: str) -> str:
    """Invalid unless it is `whsec_` and 24 to 64 bytes in base64."""
    try:
        content = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if not secret.startswith(PREFIX) or not SHORTEST <= len(content) <= LONGEST:
        raise Invalid({"secret": [_("Send whsec_ and 24 to 64 random bytes in base64.")]})
    return secret


def sealed(secret: str) -> str:
    return seal(PURPOSE, secret.encode())


def opened(text: str) -> str:
    return unseal(PURPOSE, text).decode()


def headers(
    message_id: str, body: str, moment: datetime, sealed_secrets: list[str]
) -> dict[str, str]:
    """What Standard Webhooks sends along: one signature for each secret, the newest first."""
    signatures = [Signer(opened(text)).sign(message_id, moment, body) for text in sealed_secrets]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
