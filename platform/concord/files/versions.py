"""Versions of a file: whoever opens it gets the current one, and earlier ones come back."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor, Face
from concord.clock import now
from concord.errors import Conflict, Forbidden, NotFound
from concord.files import storage
from concord.files.models import INFECTED, File, FileVersion
from concord.files.names import cleaned
from concord.files.saying import say
from concord.files.scanning import begin_scan, first_verdict
from concord.identity.models import User
from concord.records.sorting import sort_key
from concord.timeline.models import Entry
from concord.timeline.permissions import Timeline


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a file, as its readers see it. `size` is in bytes."""

    number: int
    name: str
    size: int
    content_type: str
    checked: str
    stored_key: str
    by: str
    at: datetime
    restored_from: int | None
    current: bool


def versions_of(session: Session, file: File) -> list[Version]:
    """All versions, the current one first."""
    query = select(FileVersion).where(FileVersion.file_id == file.id)
    rows = session.scalars(query.order_by(FileVersion.number.desc())).all()
    if not rows:
        return [_only(session, file)]
    return [
        Version(
            row.number,
            row.name,
            row.size,
            row.content_type,
            row.checked,
            row.stored_key,
            row.made_by_name,
            row.made_at,
            row.restored_from,
            row.number == file.version,
        )
        for row in rows
    ]


def version_of(session: Session, file: File, number: int) -> Version:
    for version in versions_of(session, file):
        if version.number == number:
            return version
    raise NotFound


def may_change(session: Session, actor: Actor, file: File) -> bool:
    """Whose side it came from may go on with it: any colleague who reads it, or its company."""
    if not actor.may(Timeline.POST) or file.withdrawn_at is not None or file.entry_id is None:
        return False
    entry = session.get_one(Entry, file.entry_id)
    if actor.staff:
        return entry.actor_face == Face.STAFF.value
    return entry.actor_face == actor.face.value and entry.actor_company_id == actor.company_id


def may_withdraw(actor: Actor, file: File) -> bool:
    """Whoever uploaded it, and staff who moderate."""
    if file.withdrawn_at is not None:
        return False
    if file.uploaded_by_id == actor.user_id and file.company_id == actor.company_id:
        return True
    return actor.staff and actor.may(Timeline.MODERATE)


def replace(
    session: Session, actor: Actor, file: File, name: str, stored: storage.Stored
) -> FileVersion:
    """A new version becomes the current one. Forbidden where the actor may not."""
    check_change(session, actor, file)
    session.refresh(file, with_for_update=True)
    _keep_first(session, file)
    plain = cleaned(name)
    file.name, file.sort_key = plain, sort_key(plain)
    file.size, file.sha256, file.content_type = stored.size, stored.sha256, stored.content_type
    file.stored_key, file.checked = stored.key, first_verdict()
    made = _add(session, actor, file, file.version + 1)
    begin_scan(session, file)
    say(session, actor, file, "replaced", made.number)
    return made


def restore(session: Session, actor: Actor, file: File, number: int) -> FileVersion:
    """An earlier version is brought back as the newest one."""
    check_change(session, actor, file)
    session.refresh(file, with_for_update=True)
    wanted = version_of(session, file, number)
    if wanted.current:
        raise Conflict(detail=_("This version is the current one."))
    if wanted.checked == INFECTED:
        raise Conflict(detail=_("This version holds malicious software; it stays where it is."))
    _keep_first(session, file)
    former = session.scalars(
        select(FileVersion).where(FileVersion.file_id == file.id, FileVersion.number == number)
    ).one()
    file.name, file.sort_key, file.size = former.name, sort_key(former.name), former.size
    file.sha256, file.content_type = former.sha256, former.content_type
    file.stored_key, file.checked = former.stored_key, former.checked
    made = _add(session, actor, file, file.version + 1, restored_from=number)
    begin_scan(session, file)
    say(session, actor, file, "restored", number)
    return made


def withdraw(session: Session, actor: Actor, file: File) -> None:
    """Take a file back: nobody opens it any more, that it was there stays on the timeline."""
    if not may_withdraw(actor, file):
        raise Forbidden
    file.withdrawn_at = now()
    say(session, actor, file, "withdrawn")


def check_change(session: Session, actor: Actor, file: File) -> None:
    """Forbidden where the actor may not add a version to a file they read."""
    if not may_change(session, actor, file):
        raise Forbidden


def _keep_first(session: Session, file: File) -> None:
    """Before it changes for the first time, what it was becomes version 1."""
    known = select(FileVersion.id).where(FileVersion.file_id == file.id).limit(1)
    if session.scalar(known) is not None:
        return
    first = _only(session, file)
    session.add(_row(file, 1, file.uploaded_by_id, first.by, first.at))
    session.flush()


def _add(
    session: Session, actor: Actor, file: File, number: int, restored_from: int | None = None
) -> FileVersion:
    assert actor.user_id is not None
    made = _row(file, number, actor.user_id, actor.name, now())
    made.restored_from = restored_from
    file.version = number
    session.add(made)
    session.flush()
    return made


def _row(file: File, number: int, user_id: int, name: str, at: datetime) -> FileVersion:
    return FileVersion(
        file_id=file.id,
        number=number,
        name=file.name,
        size=file.size,
        content_type=file.content_type,
        sha256=file.sha256,
        stored_key=file.stored_key,
        checked=file.checked,
        made_by_id=user_id,
        made_by_name=name,
        made_at=at,
    )


def _only(session: Session, file: File) -> Version:
    """What a file is that was never changed."""
    by = session.scalar(select(User.name).where(User.id == file.uploaded_by_id)) or ""
    return Version(
        1,
        file.name,
        file.size,
        file.content_type,
        file.checked,
        file.stored_key,
        by,
        file.created_at,
        None,
        True,
    )
