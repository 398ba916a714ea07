"""Signatures in mails: each hangs on our secret and on one of the person's own.

Whoever leaves, or makes their addresses anew, takes all of them along.
"""

import hashlib
import hmac
import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.identity.models import User
from concord.keys import derived_key
from concord.mail.models import MailKey

LENGTH = 16


def signature(session: Session, user_id: int, purpose: str, message: bytes) -> bytes:
    """16 bytes that stand for `message` in one person's mails; their secret is made when needed."""
    kept = session.get(MailKey, user_id)
    if kept is None:
        kept = MailKey(user_id=user_id, secret=secrets.token_hex(16))
        session.add(kept)
        session.flush()
    return _signed(kept.secret, purpose, message)


def is_signed(session: Session, user_id: int, purpose: str, message: bytes, given: bytes) -> bool:
    """Whether we signed it, for somebody who still has a way in."""
    secret = session.scalar(
        select(MailKey.secret)
        .join(User, User.id == MailKey.user_id)
        .where(MailKey.user_id == user_id, User.disabled_at.is_(None))
    )
    if secret is None:
        return False
    return hmac.compare_digest(_signed(secret, purpose, message), given)


def renew(session: Session, user_id: int) -> None:
    """From now on no address in an older mail of this person's is any good."""
    kept = session.get(MailKey, user_id)
    if kept is not None:
        kept.secret = secrets.token_hex(16)


def _signed(secret: str, purpose: str, message: bytes) -> bytes:
    key = derived_key(f"mail:{purpose}") + secret.encode()
    return hmac.new(key, message, hashlib.sha256).digest()[:LENGTH]
