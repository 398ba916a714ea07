"""Files as their readers know them: through the entry they belong to, never by themselves."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.database.paging import Page, page_of_rows
from concord.errors import NotFound
from concord.files.kinds import PICTURES, kind_of
from concord.files.models import CLEAN, File
from concord.prepared import execute, numbers
from concord.records.access import LARGEST_ID, visible_ids
from concord.records.models import Record
from concord.timeline.mentions import readable_by
from concord.timeline.models import Entry, TimelineLink

PAGE = 30
WRITTEN: tuple[Any, ...] = (Entry.at, Entry.actor_name, Entry.actor_id, Entry.actor_company_id)


ROW: tuple[Any, ...] = (
    File.id,
    File.name,
    File.size,
    File.content_type,
    File.version,
    File.checked,
)


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file under an entry, as its current version is. `size` is in bytes."""

    id: int
    name: str
    size: int
    content_type: str
    version: int
    checked: str

    @property
    def url(self) -> str:
        return f"/files/{self.id}"

    @property
    def kind(self) -> str:
        return kind_of(self.content_type)

    @property
    def is_picture(self) -> bool:
        return self.checked == CLEAN and self.content_type in PICTURES


@dataclass(frozen=True, slots=True)
class SharedFile(FileRow):
    """A file as a list of them shows it: who shared it, and when."""

    at: datetime
    by: str
    mine: bool


def of_entries(session: Session, entry_ids: Collection[int]) -> dict[int, list[FileRow]]:
    """The files of entries that the caller has already been permitted to read: one statement."""
    found: dict[int, list[FileRow]] = defaultdict(list)
    if not entry_ids:
        return found
    for entry_id, *row in execute(session, _of_entries, None, entry_ids=list(entry_ids)):
        found[entry_id].append(FileRow(*row))
    return found


def _of_entries() -> Select[Any]:
    query = select(File.entry_id, *ROW).where(
        File.entry_id.in_(numbers("entry_ids")), File.withdrawn_at.is_(None)
    )
    return query.order_by(File.id)


def readable(session: Session, actor: Actor, file_id: int) -> File:
    """A file its reader may open: their own upload, or one under an entry that they read.

    NotFound otherwise, and where it or its entry was withdrawn.
    """
    file = session.get(File, file_id) if 0 < file_id <= LARGEST_ID else None
    if file is None or file.withdrawn_at is not None:
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
    query = offered(*ROW, *WRITTEN).where(File.entry_id.in_(shared))
    rows = page_of_rows(session, query, order=(File.id.desc(),), limit=limit, cursor=cursor)
    files = [SharedFile(*row[: len(ROW)], **written(actor, row)) for row in rows.items]
    return Page(files, rows.next)


def offered(*columns: Any) -> Select[Any]:
    """Files that stand in an entry, neither of them withdrawn."""
    query = select(*columns).join(Entry, Entry.id == File.entry_id)
    return query.where(Entry.withdrawn_at.is_(None), File.withdrawn_at.is_(None))


def written(actor: Actor, row: Row[Any]) -> dict[str, Any]:
    """When, by whom, and whether that is the reader."""
    mine = row.actor_id == actor.user_id and row.actor_company_id == actor.company_id
    return {"at": row.at, "by": row.actor_name, "mine": mine}


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
