"""Recovery codes: ten, shown once, each good for one sign-in."""

import hashlib
import hmac
import secrets

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from concord.clock import now
from concord.identity.factors.models import RecoveryCode
from concord.keys import derived_key

HOW_MANY = 10
# No letter or digit that is read as another one.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 10


def make(session: Session, user_id: int) -> list[str]:
    """Ten new codes; those from before stop working."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    codes = [_new() for _number in range(HOW_MANY)]
    session.add_all(RecoveryCode(user_id=user_id, code_hash=_hashed(user_id, c)) for c in codes)
    return codes


def use(session: Session, user_id: int, code: str) -> bool:
    """Whether this was one of the unused codes; it is used now."""
    unused = update(RecoveryCode).where(
        RecoveryCode.user_id == user_id,
        RecoveryCode.code_hash == _hashed(user_id, code),
        RecoveryCode.used_at.is_(None),
    )
    return bool(session.execute(unused.values(used_at=now())).rowcount)  # type: ignore[attr-defined]


def left(session: Session, user_id: int) -> int:
    counted = select(func.count()).where(
        RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None)
    )
    return session.scalar(counted) or 0


def _new() -> str:
    letters = "".join(secrets.choice(LETTERS) for _number in range(LENGTH))
    return f"{letters[:5]}-{letters[5:]}"


def _hashed(user_id: int, code: str) -> str:
    """Keyed: the codes are short enough to be guessed from a plain hash."""
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return hmac.new(
        derived_key("recovery"), f"{user_id}:{plain}".encode(), hashlib.sha256
    ).hexdigest()
