"""The newest seal, kept in the data folder too: rows cut off at the end of the chain are missed."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import structlog
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from concord.audit.models import AuditRow
from concord.installation import current_installation

FILE = "audit-head"
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Head:
    sequence: int
    seal: str


def kept() -> Head | None:
    """What the data folder says was the end; None where it says nothing."""
    try:
        sequence, seal = _path().read_text(encoding="ascii").split()
        return Head(int(sequence), seal)
    except FileNotFoundError:
        return None


def stands_in(session: Session, head: Head) -> bool:
    """Whether the chain in the database still holds the row that was once its end."""
    found = session.scalar(select(AuditRow.seal).where(AuditRow.sequence == head.sequence))
    return found == head.seal


def keep_after_commit(session: Session, newest: Head) -> None:
    """Note the new end once it is committed.

    Where rows were cut off, the old note is the proof of it, and stays.
    """
    before = kept()
    if before is not None and not stands_in(session, before):
        log.error("audit_rows_missing", sequence=before.sequence)
        return
    path = _path()
    event.listen(session, "after_commit", lambda _session: write(newest, path), once=True)


def write(head: Head, path: Path | None = None) -> None:
    path = path or _path()
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{head.sequence} {head.seal}\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def forget() -> None:
    """Nothing is sealed any more."""
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return current_installation().settings.data_dir / FILE
