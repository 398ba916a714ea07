"""All files of a record in one place: those under entries that the reader reads there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from concord.actors import Actor, Audience
from concord.database.paging import Page, page_of_rows
from concord.errors import Invalid
from concord.files.kinds import KINDS, is_of
from concord.files.models import File
from concord.files.queries import PAGE, ROW, WRITTEN, FileRow, offered, written
from concord.records.access import Place
from concord.timeline.mentions import readable_by
from concord.timeline.models import TimelineLink

SORTS: Mapping[str, tuple[Any, ...]] = {
    "-time": (File.id.desc(),),
    "time": (File.id,),
    "name": (File.sort_key, File.id),
    "-name": (File.sort_key.desc(), File.id.desc()),
    "size": (File.size, File.id),
    "-size": (File.size.desc(), File.id.desc()),
}
NEWEST = "-time"


@dataclass(frozen=True, slots=True)
class RecordFile(FileRow):
    """A file in the list of a record's; `audience` is who reads it there."""

    at: datetime
    by: str
    mine: bool
    audience: Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which of them, in which order."""

    kind: str | None = None
    audience: Audience | None = None
    sort: str = NEWEST

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> "Wanted":
        """From an address; Invalid with a sentence for what makes no sense."""
        kind, audience = arguments.get("kind") or None, arguments.get("audience") or None
        sort = arguments.get("sort") or NEWEST
        errors = {}
        if kind not in (None, *KINDS):
            errors["kind"] = [_("There is no such kind of file.")]
        if audience not in (None, *(choice.word for choice in Audience)):
            errors["audience"] = [_("There is no such audience.")]
        if sort not in SORTS:
            errors["sort"] = [_("There is no such order.")]
        if errors:
            raise Invalid(errors)
        return cls(kind=kind, audience=Audience[audience.upper()] if audience else None, sort=sort)


def files_of(
    session: Session,
    actor: Actor,
    place: Place,
    wanted: Wanted,
    *,
    limit: int = PAGE,
    cursor: str | None = None,
) -> Page[RecordFile]:
    """A page of the files of a record that `actor` sees: one statement."""
    order = SORTS[wanted.sort]
    query = _query(actor, place, wanted)
    rows = page_of_rows(session, query, order=order, limit=limit, cursor=cursor)
    return Page([_shown(actor, row) for row in rows.items], rows.next)


def _query(actor: Actor, place: Place, wanted: Wanted) -> Select[Any]:
    here = (TimelineLink.record_id == place.id, readable_by(actor))
    widest = (
        select(func.max(TimelineLink.audience))
        .where(TimelineLink.entry_id == File.entry_id, *here)
        .scalar_subquery()
    )
    entries = select(TimelineLink.entry_id).where(*here)
    # Outside readers have one audience, their own: asking for another finds nothing.
    if wanted.audience is not None:
        entries = entries.where(TimelineLink.audience == int(wanted.audience))
    query = offered(*ROW, *WRITTEN, widest.label("audience")).where(File.entry_id.in_(entries))
    return query if wanted.kind is None else query.where(is_of(wanted.kind))


def _shown(actor: Actor, row: Row[Any]) -> RecordFile:
    return RecordFile(
        *row[: len(ROW)], **written(actor, row) | {"audience": Audience(row.audience)}
    )
