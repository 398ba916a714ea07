"""Looking whether the audit still says what it said: number by number, seal by seal."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from concord import keyring
from concord.audit import chain, head
from concord.audit.models import AuditRow

BATCH = 1000


def problems(session: Session) -> Iterator[str]:
    """What is wrong with the sealed rows, each as a sentence for whoever runs the installation."""
    try:
        key = chain.key(session)
    except (keyring.KeyMissing, keyring.NotSealed) as error:
        yield f"the seals cannot be checked: {error}"
        return
    if key is None:
        yield from _without_a_key(session)
        return
    yield from _in_chain(session, key)
    yield from _at_the_end(session)


def waiting(session: Session) -> int:
    """How many rows are not sealed yet: nothing can be said of them."""
    unsealed = select(func.count()).select_from(AuditRow).where(AuditRow.sequence.is_(None))
    return session.scalar(unsealed) or 0


def sealed(session: Session) -> int:
    counted = select(func.count()).select_from(AuditRow).where(AuditRow.sequence.is_not(None))
    return session.scalar(counted) or 0


def _without_a_key(session: Session) -> Iterator[str]:
    if sealed(session) or head.kept() is not None:
        yield "the key of the seals is gone from the database: no row can be checked"


def _in_chain(session: Session, key: bytes) -> Iterator[str]:
    before, expected = chain.START, 1
    for row in _rows(session):
        if row.sequence != expected:
            yield _missing(expected, row.sequence - 1)
            expected = row.sequence
            before = row.seal
        elif row.seal != chain.seal_of(
            key, before, row, (row.who_digest, row.what_digest), row.sequence
        ):
            yield f"row {row.id} (number {row.sequence}): its seal does not fit what it says"
        yield from _sides(row)
        before, expected = row.seal, expected + 1


def _missing(first: int, last: int) -> str:
    if first == last:
        return f"number {first} is missing: a row was removed"
    return f"numbers {first} to {last} are missing: {last - first + 1} rows were removed"


def _sides(row: Any) -> Iterator[str]:
    """Whether who it was and what changed are as they were, or erased and therefore empty."""
    if row.who_salt is None:
        if row.actor_name or row.address:
            yield f"row {row.id} (number {row.sequence}): a name was written where one was erased"
    elif chain.who_digest(row, row.who_salt) != row.who_digest:
        yield f"row {row.id} (number {row.sequence}): who it was has been changed"
    if row.what_salt is None:
        if row.changes:
            yield f"row {row.id} (number {row.sequence}): something was written where it was erased"
    elif chain.what_digest(row, row.what_salt) != row.what_digest:
        yield f"row {row.id} (number {row.sequence}): what changed has been changed"


def _at_the_end(session: Session) -> Iterator[str]:
    kept = head.kept()
    if kept is None:
        yield f"{head.FILE} is missing from the data folder: rows cut off at the end go unnoticed"
    elif not head.stands_in(session, kept):
        yield (
            f"number {kept.sequence} was once the end and is not there as it was: rows were cut"
            " off, or this database is older than the data folder"
        )


def _rows(session: Session) -> Iterator[Any]:
    after = 0
    columns = select(*AuditRow.__table__.columns).order_by(AuditRow.sequence).limit(BATCH)
    while rows := session.execute(columns.where(AuditRow.sequence > after)).all():
        yield from rows
        after = rows[-1].sequence
