"""Sealing: every minute, the rows written since are numbered and chained.

Not in the transaction that writes a row: a chain has one end, and all writers would queue for it.
"""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from concord.audit import chain, head
from concord.audit.models import AuditRow
from concord.clock import now
from concord.jobs.job import Job, enqueue
from concord.jobs.schedules import Schedule

BATCH = 500


def seal_rows(session: Session, _moment: datetime) -> int:
    """Seal what waits, at most one batch of it; gives how many rows. The rest is a job."""
    key = chain.key_to_seal_with(session)
    rows = session.execute(_waiting()).all()
    if not rows:
        return 0
    end = newest(session) or head.Head(0, chain.START)
    sealed = []
    for row in rows:
        sealed.append(_sealed(key, end, row))
        end = head.Head(sealed[-1]["sequence"], sealed[-1]["seal"])
    session.execute(update(AuditRow), sealed)
    head.keep_after_commit(session, end)
    if len(rows) == BATCH:
        enqueue(session, SEAL_MORE)
    return len(rows)


def _seal_more(session: Session) -> None:
    seal_rows(session, now())


SEAL = Schedule(
    name="concord.seal_audit", every=timedelta(minutes=1), run=seal_rows, label=_l("Seal the audit")
)
SEAL_MORE = Job(name="concord.seal_more_audit", run=_seal_more, label=_l("Seal more of the audit"))


def newest(session: Session) -> head.Head | None:
    """The end of the chain in the database."""
    sealed: Any = select(AuditRow.sequence, AuditRow.seal).where(AuditRow.sequence.is_not(None))
    row = session.execute(sealed.order_by(AuditRow.sequence.desc()).limit(1)).first()
    return None if row is None else head.Head(*row)


def _waiting() -> Select[Any]:
    waiting = select(*AuditRow.__table__.columns).where(AuditRow.sequence.is_(None))
    # Locked: nobody may be erased between reading and sealing.
    return waiting.order_by(AuditRow.id).limit(BATCH).with_for_update()


def _sealed(key: bytes, end: head.Head, row: Any) -> dict[str, Any]:
    """What sealing adds to a row that follows `end`."""
    who_salt, what_salt, sequence = chain.fresh_salt(), chain.fresh_salt(), end.sequence + 1
    digests = chain.who_digest(row, who_salt), chain.what_digest(row, what_salt)
    return {
        "id": row.id,
        "sequence": sequence,
        "who_salt": who_salt,
        "who_digest": digests[0],
        "what_salt": what_salt,
        "what_digest": digests[1],
        "seal": chain.seal_of(key, end.seal, row, digests, sequence),
    }
