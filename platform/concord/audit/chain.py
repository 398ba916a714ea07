"""How audit rows are chained: what is digested, and what a seal says."""

import hashlib
import hmac
import secrets
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord import keyring
from concord.audit.models import AuditKey

ONLY = 1
PURPOSE = "audit"
KEY, SALT = 32, 16
START = "0" * 64
"""What stands before the first seal."""


def key(session: Session) -> bytes | None:
    """The key of the seals; None before the first row was sealed. KeyMissing or NotSealed where
    the data folder's keys are not those of this database."""
    kept = session.scalar(select(AuditKey.key).where(AuditKey.id == ONLY))
    return None if kept is None else keyring.unseal(PURPOSE, kept)


def key_to_seal_with(session: Session) -> bytes:
    """The key, made when it is first needed; held against other sealers until the commit."""
    locked = select(AuditKey.key).where(AuditKey.id == ONLY).with_for_update()
    kept = session.scalar(locked)
    if kept is not None:
        return keyring.unseal(PURPOSE, kept)
    made = secrets.token_bytes(KEY)
    session.add(AuditKey(id=ONLY, key=keyring.seal(PURPOSE, made)))
    session.flush()
    return made


def fresh_salt() -> str:
    return secrets.token_hex(SALT)


def who_digest(row: Any, salt: str) -> str:
    """Of who it was; `row` has the columns of an audit row."""
    return _digest(salt, [row.actor_name, row.address])


def what_digest(row: Any, salt: str) -> str:
    return _digest(salt, row.changes)


def seal_of(key: bytes, before: str, row: Any, digests: tuple[str, str], sequence: int) -> str:
    """The seal of a row as number `sequence`, after the seal `before`."""
    said = (sequence, before, row.id, row.at, row.actor_id, row.action, row.table, row.row_id,
            row.request_id, *digests)  # fmt: skip
    return hmac.new(key, _plain(said), hashlib.sha256).hexdigest()


def _digest(salt: str, value: Any) -> str:
    return hashlib.sha256(salt.encode() + _plain(value)).hexdigest()


def _plain(value: Any) -> bytes:
    """The same bytes for the same values, whichever engine kept them."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)
