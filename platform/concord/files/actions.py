"""Keeping uploads and making them part of an entry."""

from collections.abc import Collection
from typing import IO

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from concord.actors import Actor
from concord.clock import now
from concord.errors import Invalid, NotFound
from concord.files import storage
from concord.files.measuring import LARGEST
from concord.files.models import INFECTED, File
from concord.files.names import cleaned
from concord.files.scanning import begin_scan, first_verdict
from concord.records.access import LARGEST_ID
from concord.records.sorting import sort_key
from concord.timeline.models import Entry

MOST_WAITING = 10 * LARGEST


def keep(content: IO[bytes]) -> storage.Stored:
    """Put a content where contents lie, before and without any transaction."""
    return storage.keep(content)


def register(session: Session, actor: Actor, name: str, stored: storage.Stored) -> File:
    """The row of a kept content: the actor's own until it is attached."""
    assert actor.user_id is not None
    check_room(session, actor, stored.size)
    plain = cleaned(name)
    file = File(
        uploaded_by_id=actor.user_id,
        company_id=actor.company_id,
        name=plain,
        sort_key=sort_key(plain),
        size=stored.size,
        content_type=stored.content_type,
        sha256=stored.sha256,
        stored_key=stored.key,
        checked=first_verdict(),
    )
    session.add(file)
    session.flush()
    begin_scan(session, file)
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
            File.withdrawn_at.is_(None),
            File.uploaded_by_id == actor.user_id,
            File.company_id.is_not_distinct_from(actor.company_id),
        )
        .order_by(File.id)
        .with_for_update()
    )
    found = list(session.scalars(query))
    if len(found) != len(set(file_ids)):
        raise NotFound
    _refuse_infected(found)
    for file in found:
        file.entry_id, file.attached_at = entry.id, now()
    session.flush()
    return found


def check_room(session: Session, actor: Actor, size: int) -> None:
    """Nobody fills the disk with uploads that belong to nothing."""
    waiting = select(func.coalesce(func.sum(File.size), 0)).where(
        File.entry_id.is_(None), File.uploaded_by_id == actor.user_id
    )
    if (session.scalar(waiting) or 0) + size > MOST_WAITING:
        raise Invalid({"file": [_("Too many files are waiting. Send what you have, then go on.")]})


def _refuse_infected(found: Collection[File]) -> None:
    infected = [file.name for file in found if file.checked == INFECTED]
    if infected:
        sentence = _("%(name)s holds malicious software. Take it out.", name=", ".join(infected))
        raise Invalid({"files": [sentence]})
