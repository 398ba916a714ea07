"""Files as their readers know them: through the entry they belong to, never by themselves."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.database.paging import Page, page_of_rows
from concord.errors import NotFound
from concord.files.models import File
from concord.records.access import LARGEST_ID, visible_ids
from concord.records.models import Record
from concord.timeline.mentions import readable_by
from concord.timeline.models import Entry, TimelineLink

PAGE = 30
SHARED_COLUMNS: tuple[Any, ...] = (
    File.id,
    File.name,
    File.size,
    File.content_type,
    Entry.at,
    Entry.actor_name,
    Entry.actor_id,
    Entry.actor_company_id,
)


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file under an entry. `size` is in bytes."""

    id: int
    name: str
    size: int

    @property
    def url(self) -> str:
        return f"/files/{self.id}"


@dataclass(frozen=True, slots=True)
class SharedFile(FileRow):
    """A file as a list of them shows it: who shared it, and when."""

    content_type: str
    at: datetime
    by: str
    mine: bool


def of_entries(session: Session, entry_ids: Collection[int]) -> dict[int, list[FileRow]]:
    """The files of entries that the caller has already been permitted to read: one statement."""
    found: dict[int, list[FileRow]] = defaultdict(list)
    if not entry_ids:
        return found
    query = select(File.entry_id, File.id, File.name, File.size).where(File.entry_id.in_(entry_ids))
    for row in session.execute(query.order_by(File.id)):
        found[row.entry_id].append(FileRow(row.id, row.name, row.size))
    return found


def readable(session: Session, actor: Actor, file_id: int) -> File:
    """A file its reader may open: their own upload, or one under an entry that they read.

    NotFound otherwise, and where the entry was withdrawn.
    """
    file = session.get(File, file_id) if 0 < file_id <= LARGEST_ID else None
    if file is None:
        raise NotFound
    seen = (
        uploaded_by(file, actor) if file.entry_id is None else _read(session, actor, file.entry_id)
    )
    if not seen:
        raise NotFound
    return file


def uploaded_by(file: File, actor: Actor) -> bool:
    return file.uploaded_by_id == actor.user_id and file.company_id == actor.company_id


def shared_with(
    session: Session, actor: Actor, *, limit: int = PAGE, cursor: str | None = None
) -> Page[SharedFile]:
    """Every file that a person outside reads through some entry, newest first: one statement."""
    shared = select(TimelineLink.entry_id).where(readable_by(actor))
    query: Select[Any] = select(*SHARED_COLUMNS).join(Entry, Entry.id == File.entry_id)
    query = query.where(File.entry_id.in_(shared), Entry.withdrawn_at.is_(None))
    rows = page_of_rows(session, query, order=(File.id.desc(),), limit=limit, cursor=cursor)
    files = [
        SharedFile(
            row.id,
            row.name,
            row.size,
            row.content_type,
            row.at,
            row.actor_name,
            row.actor_id == actor.user_id and row.actor_company_id == actor.company_id,
        )
        for row in rows.items
    ]
    return Page(files, rows.next)


def _read(session: Session, actor: Actor, entry_id: int) -> bool:
    """Whether `actor` reads the entry through a link: staff on a record they see, outside by it."""
    query = (
        select(TimelineLink.record_id, Record.kind)
        .join(Record, Record.id == TimelineLink.record_id)
        .join(Entry, Entry.id == TimelineLink.entry_id)
        .where(TimelineLink.entry_id == entry_id, Entry.withdrawn_at.is_(None), readable_by(actor))
    )
    places = dict(session.execute(query).all())
    return bool(places) if actor.outside else bool(visible_ids(session, actor, places))
