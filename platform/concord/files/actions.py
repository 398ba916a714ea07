"""Keeping uploads, making them part of an entry, and sweeping those that never were."""

from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from flask_babel import gettext as _
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from concord.actors import Actor
from concord.clock import now
from concord.errors import Invalid, NotFound
from concord.files import storage
from concord.files.models import File
from concord.files.names import cleaned
from concord.records.access import LARGEST_ID
from concord.timeline.models import Entry

MOST_WAITING = 10 * storage.LARGEST
ORPHANED_AFTER = timedelta(days=1)


def keep(content: IO[bytes]) -> storage.Stored:
    """Put a content on disk, before and without any transaction."""
    return storage.keep(content)


def register(session: Session, actor: Actor, name: str, stored: storage.Stored) -> File:
    """The row of a kept content: the actor's own until it is attached."""
    assert actor.user_id is not None
    _check_room(session, actor, stored.size)
    file = File(
        uploaded_by_id=actor.user_id,
        company_id=actor.company_id,
        name=cleaned(name),
        size=stored.size,
        content_type=stored.content_type,
        sha256=stored.sha256,
        stored_key=stored.key,
    )
    session.add(file)
    session.flush()
    return file


def store(session: Session, actor: Actor, upload: FileStorage) -> File:
    """Keep and register one part of a form."""
    return register(session, actor, upload.filename or "", keep(upload.stream))


def attach(session: Session, actor: Actor, entry: Entry, file_ids: Collection[int]) -> list[File]:
    """Make the actor's own waiting uploads part of `entry`; NotFound for any other file."""
    wanted = {file_id for file_id in file_ids if 0 < file_id <= LARGEST_ID}
    query = (
        select(File)
        .where(
            File.id.in_(wanted),
            File.entry_id.is_(None),
            File.uploaded_by_id == actor.user_id,
            File.company_id.is_not_distinct_from(actor.company_id),
        )
        .order_by(File.id)
        .with_for_update()
    )
    found = list(session.scalars(query))
    if len(found) != len(set(file_ids)):
        raise NotFound
    for file in found:
        file.entry_id, file.attached_at = entry.id, now()
    session.flush()
    return found


def sweep_orphans(session: Session, moment: datetime) -> int:
    """Remove what was uploaded a day before `moment` and never attached; gives the number of rows.

    A content goes only after the commit that removed its row: a sweep takes the contents that have
    no row, then the rows; the next sweep takes the contents of those. Nothing can break in between.
    """
    ended = moment - ORPHANED_AFTER
    for shelf in storage.stored_before(ended.timestamp()):
        _unlink_unknown(session, shelf)
    orphans = delete(File).where(File.entry_id.is_(None), File.created_at < ended)
    return int(session.execute(orphans).rowcount)  # type: ignore[attr-defined]


def _unlink_unknown(session: Session, shelf: Collection[Path]) -> None:
    keys = [path.name for path in shelf]
    known = set(session.scalars(select(File.stored_key).where(File.stored_key.in_(keys))))
    for path in shelf:
        if path.name not in known:
            path.unlink(missing_ok=True)


def _check_room(session: Session, actor: Actor, size: int) -> None:
    """Nobody fills the disk with uploads that belong to nothing."""
    waiting = select(func.coalesce(func.sum(File.size), 0)).where(
        File.entry_id.is_(None), File.uploaded_by_id == actor.user_id
    )
    if (session.scalar(waiting) or 0) + size > MOST_WAITING:
        raise Invalid({"file": [_("Too many files are waiting. Send what you have, then go on.")]})
