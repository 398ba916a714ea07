"""A request sent twice is done once: its key and answer are kept with its effect for a day.

The second of two at once waits for the first, because the key is unique and inserted first.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import request
from flask_babel import gettext as _
from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.api.models import Idempotency
from concord.clock import now
from concord.errors import Invalid

HEADER = "Idempotency-Key"
KEPT = timedelta(hours=24)
LONGEST_KEY = 255
SWEPT_BY = "00"
DONE = 204


@dataclass(frozen=True, slots=True)
class Answer:
    """What the first request of a key was answered."""

    status: int
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Once:
    """One keyed request: true the first time. Else it was done before, with this `answer`.

    Reads as `with once(…) as first:` followed by `if first:`.
    """

    session: Session
    key_hash: str | None
    answer: Answer | None = None

    def __bool__(self) -> bool:
        return self.answer is None

    def __enter__(self) -> "Once":
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing to undo: a claim goes with the transaction that fails."""

    def keep(
        self, status: int, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> None:
        """Keep the answer; it is committed together with what the request did."""
        if self.key_hash is None:
            return
        kept = {"status": status, "body": body, "headers": dict(headers or {})}
        mine = Idempotency.key_hash == self.key_hash
        kept_now = update(Idempotency).where(mine).values(kept)
        self.session.execute(kept_now.execution_options(synchronize_session=False))


def once(
    session: Session,
    actor: Actor,
    key: str | None,
    request_hash: str,
    *,
    method: str | None = None,
    path: str | None = None,
) -> Once:
    """Claim `key` for this caller and address, before anything is written.

    Without a key every request is its own. Invalid where the key was used for another request.
    `method` and `path` are those of the present request unless given.
    """
    if not key:
        return Once(session, None)
    if len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise Invalid({HEADER: [_("Use up to 255 printable ASCII characters.")]})
    caller = (actor.user_id, actor.token_id, actor.membership_id)
    parts = (*caller, method or request.method, path or request.path, key)
    key_hash = hashed("\n".join(map(str, parts)).encode())
    _sweep(session, key_hash)
    if _claimed(session, key_hash, request_hash):
        return Once(session, key_hash)
    return Once(session, key_hash, _first_answer(session, key_hash, request_hash))


def forget_answers(session: Session, record_id: int | None = None) -> None:
    """Empty the answers that are kept, or those about one record: they may hold what was erased.

    Whoever repeats a request is answered with the record as it is then. A file's answer stays: it
    names nobody.
    """
    found = Idempotency.headers["id"].as_string()
    about = found.is_not(None) if record_id is None else found == str(record_id)
    emptied = update(Idempotency).where(about).values(body=b"")
    session.execute(emptied.execution_options(synchronize_session=False))


def hashed(content: bytes) -> str:
    """What two requests are compared by."""
    return hashlib.sha256(content).hexdigest()


def _claimed(session: Session, key_hash: str, request_hash: str) -> bool:
    """Whether the key was free. A key being used makes this wait for the other transaction."""
    dialect = session.get_bind().dialect.name
    insert: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    row = {"key_hash": key_hash, "request_hash": request_hash, "status": DONE, "created_at": now()}
    claim = insert(Idempotency).values(row)
    claim = claim.on_conflict_do_nothing(index_elements=[Idempotency.key_hash])
    return session.execute(claim.returning(Idempotency.id)).first() is not None


def _first_answer(session: Session, key_hash: str, request_hash: str) -> Answer:
    columns = (Idempotency.request_hash, Idempotency.status, Idempotency.body, Idempotency.headers)
    kept = session.execute(select(*columns).where(Idempotency.key_hash == key_hash)).one()
    if kept.request_hash != request_hash:
        raise Invalid({HEADER: [_("This key was used for another request.")]})
    return Answer(kept.status, kept.body, kept.headers)


def _sweep(session: Session, key_hash: str) -> None:
    """Forget this key if it is old, and now and then (one key in 256) all that are."""
    old = Idempotency.created_at < now() - KEPT
    if not key_hash.startswith(SWEPT_BY):
        old = old & (Idempotency.key_hash == key_hash)
    swept = delete(Idempotency).where(old)
    session.execute(swept.execution_options(synchronize_session=False))
