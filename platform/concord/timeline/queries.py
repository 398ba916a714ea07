"""Pages of a stream, as their reader may know them: by position, never by offset."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import Session

from concord.actors import Actor, Audience, Face
from concord.files.queries import FileRow, of_entries
from concord.installation import current_installation
from concord.prepared import RECORD, execute, number, numbers
from concord.records.access import Place, is_visible
from concord.records.models import Record
from concord.timeline.mentions import readable_by
from concord.timeline.models import Entry, LastVisit, TimelineLink
from concord.timeline.models import Stream as StreamCounter
from concord.timeline.positions import hidden_from, position_for, sees_everything

PAGE = 20
LARGEST_PAGE = 100
ABOVE = 5
OWN_WORDS = frozenset({"note", "call", "meeting", "email", "message"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One entry as its reader sees it. `position` counts the reader's own stream; `words` are the
    body as people read it."""

    id: int
    position: int
    kind: str
    icon: str
    template: str
    actor_id: int | None
    actor_name: str
    actor_face: Face
    company_name: str
    at: datetime
    audience: Audience
    reader_name: str
    sentence: str
    body: str
    words: str
    edited_at: datetime | None
    withdrawn_at: datetime | None
    mine: bool
    amends_id: int | None
    record_id: int | None
    record_title: str
    record_url: str | None
    is_new: bool = False
    files: Sequence[FileRow] = field(default=())

    @property
    def withdrawn(self) -> bool:
        return self.withdrawn_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Entries, newest first. `position` is the newest of the stream; `next` the position from
    which to go on in the same direction, None when there is nothing more."""

    entries: Sequence[EntryView]
    position: int
    next: int | None
    last_seen: int = 0

    @property
    def newest(self) -> int:
        """The position of the first entry here."""
        return self.entries[0].position if self.entries else self.position

    def holds(self, entry_id: int) -> bool:
        return any(entry.id == entry_id for entry in self.entries)


def page(
    session: Session,
    actor: Actor,
    record: Record | Place,
    *,
    after: int | None = None,
    before: int | None = None,
    limit: int = PAGE,
    kinds: Collection[str] = (),
    audience: Audience | None = None,
) -> Page:
    """One page of the stream that `actor` reads on `record`.

    With `after` the entries nearest above that position (for catching up), else the newest below
    `before`. Two statements, one more where entries have files or name other records.
    """
    limit = max(1, min(limit, LARGEST_PAGE))
    place, rest = after if after is not None else before, (tuple(sorted(kinds)), audience)
    build = _newest if place is None else _below if after is None else _above
    rows = list(
        execute(session, build, actor, *rest, record_id=record.id, place=place, most=limit + 1)
    )
    more, rows = len(rows) > limit, rows[:limit]
    following = rows[-1].position if more else None
    if after is not None:
        rows.reverse()
    top, seen = _top(rows[0] if rows else None), _seen(rows[0] if rows else None)
    if not rows:
        top, seen = _counters(session, actor, record)
    return Page(
        entries=_views(session, actor, rows, seen),
        position=top,
        next=following,
        last_seen=seen,
    )


def page_at(
    session: Session,
    actor: Actor,
    record: Record | Place,
    entry_id: int,
    *,
    kinds: Collection[str] = (),
    audience: Audience | None = None,
) -> Page:
    """The newest page, or where the entry stands further down the page that begins just above it.

    Whoever does not read the entry there gets the newest page, as if it did not exist.
    """
    found = page(session, actor, record, kinds=kinds, audience=audience)
    entry = None if found.holds(entry_id) else one(session, actor, record, entry_id)
    if entry is None:
        return found
    before = entry.position + ABOVE
    further = page(session, actor, record, before=before, kinds=kinds, audience=audience)
    return further if further.holds(entry_id) else found


def some(
    session: Session, actor: Actor, record: Record | Place, entry_ids: Collection[int]
) -> list[EntryView]:
    """These entries of the stream as they are now, newest first; without those not read there."""
    if not entry_ids:
        return []
    rows = list(execute(session, _these, actor, record_id=record.id, entry_ids=list(entry_ids)))
    return _views(session, actor, rows, _seen(rows[0] if rows else None))


def one(session: Session, actor: Actor, record: Record | Place, entry_id: int) -> EntryView | None:
    """One entry of the stream, if `actor` reads it there."""
    return next(iter(some(session, actor, record, [entry_id])), None)


Kinds: TypeAlias = tuple[str, ...]
PLACE, MOST = number("place"), number("most")


def _newest(actor: Actor, kinds: Kinds, audience: Audience | None) -> Select[Any]:
    return _stream(actor, kinds, audience).order_by(_stored(actor).desc()).limit(MOST)


def _below(actor: Actor, kinds: Kinds, audience: Audience | None) -> Select[Any]:
    stored = _stored(actor)
    query = _newest(actor, kinds, audience)
    return query.where(stored < PLACE + _hidden(actor, RECORD), position_for(actor) < PLACE)


def _above(actor: Actor, kinds: Kinds, audience: Audience | None) -> Select[Any]:
    # What a reader counts is never more than what is stored: the index finds the place.
    stored = _stored(actor)
    query = _stream(actor, kinds, audience).where(stored > PLACE, position_for(actor) > PLACE)
    return query.order_by(stored.asc()).limit(MOST)


def _these(actor: Actor) -> Select[Any]:
    query = _stream(actor, (), None).where(Entry.id.in_(numbers("entry_ids")))
    return query.order_by(_stored(actor).desc())


def _stream(actor: Actor, kinds: Kinds, audience: Audience | None) -> Select[Any]:
    company = actor.company_id if actor.outside else 0
    reader = select(Record.title).where(Record.id == TimelineLink.company_id).scalar_subquery()
    writer = select(Record.title).where(Record.id == Entry.actor_company_id).scalar_subquery()
    subject = select(Record.kind).where(Record.id == Entry.record_id).scalar_subquery()
    top = select(StreamCounter.position - _hidden(actor, RECORD)).where(
        StreamCounter.record_id == RECORD,
        StreamCounter.audience == int(actor.audience),
        StreamCounter.company_id == company,
    )
    seen = select(LastVisit.position).where(
        LastVisit.user_id == actor.user_id,
        LastVisit.record_id == RECORD,
        LastVisit.company_id == company,
    )
    query = (
        select(
            Entry.id,
            Entry.kind,
            Entry.at,
            Entry.actor_id,
            Entry.actor_name,
            Entry.actor_face,
            Entry.actor_company_id,
            Entry.fact_type,
            Entry.fact_version,
            Entry.payload,
            Entry.body,
            Entry.record_id,
            Entry.amends_id,
            Entry.edited_at,
            Entry.withdrawn_at,
            TimelineLink.audience,
            position_for(actor).label("position"),
            reader.label("reader_name"),
            writer.label("company_name"),
            subject.label("subject_kind"),
            or_(Entry.record_id == RECORD, is_visible(actor, Entry.record_id)).label("opened"),
            top.scalar_subquery().label("top"),
            seen.scalar_subquery().label("seen"),
        )
        .join(Entry, Entry.id == TimelineLink.entry_id)
        .where(TimelineLink.record_id == RECORD, readable_by(actor))
    )
    if actor.outside:
        # A fact whose module is gone cannot say whom it was made for: it stays inside.
        query = query.where(Entry.fact_type.in_(made_for(actor)))
    if kinds:
        query = query.where(Entry.kind.in_(kinds))
    if audience is not None and not actor.outside:
        query = query.where(TimelineLink.audience == int(audience))
    return query


def made_for(actor: Actor) -> list[str]:
    """The fact types that people on the actor's side outside may read."""
    facts = current_installation().facts
    return [fact_type.name for fact_type in facts if actor.face in fact_type.faces]


def _stored(actor: Actor) -> Any:
    """The column in whose order the actor's stream is kept and indexed."""
    return TimelineLink.audience_position if actor.outside else TimelineLink.position


def _hidden(actor: Actor, record_id: Any) -> Any:
    """How many entries of the record's staff stream the actor does not know of."""
    if actor.outside or sees_everything(actor):
        return 0
    return hidden_from(actor, record_id)


def _top(row: Row[Any] | None) -> int:
    return (row.top or 0) if row is not None else 0


def _seen(row: Row[Any] | None) -> int:
    return (row.seen or 0) if row is not None else 0


def _counters(session: Session, actor: Actor, record: Record | Place) -> tuple[int, int]:
    """The stream's newest position and the reader's last visit, where a page is empty."""
    company = actor.company_id if actor.outside else 0
    top = session.scalar(
        select(func.max(StreamCounter.position) - _hidden(actor, record.id)).where(
            StreamCounter.record_id == record.id,
            StreamCounter.audience == int(actor.audience),
            StreamCounter.company_id == company,
        )
    )
    return top or 0, top or 0


def _views(session: Session, actor: Actor, rows: Sequence[Row[Any]], seen: int) -> list[EntryView]:
    files = of_entries(session, [r.id for r in rows if r.kind in OWN_WORDS and not r.withdrawn_at])
    # One's own words alone are no news; among others' they do not break the line either.
    news = any(row.position > seen and not _is_own(actor, row) for row in rows)
    opened = {(row.subject_kind, row.record_id) for row in rows if row.opened}
    urls = {place: _url(actor, *place) for place in opened}
    return [
        _view(
            actor,
            row,
            files.get(row.id, ()),
            url=urls.get((row.subject_kind, row.record_id)),
            is_new=news and row.position > seen,
        )
        for row in rows
    ]


def _url(actor: Actor, kind: str, record_id: int) -> str | None:
    record_type = current_installation().records.get(kind)
    return record_type.url(record_id, actor.face) if record_type else None


def _is_own(actor: Actor, row: Row[Any]) -> bool:
    return bool(row.actor_id == actor.user_id and row.actor_company_id == actor.company_id)


def _view(
    actor: Actor, row: Row[Any], files: Sequence[FileRow], *, url: str | None, is_new: bool
) -> EntryView:
    fact_type = current_installation().facts.get(row.fact_type)
    known = bool(row.opened)
    payload = fact_type.read(row.payload, row.fact_version) if fact_type else dict(row.payload)
    if not known:
        payload["title"] = "…"
    withdrawn = row.withdrawn_at is not None
    words = fact_type.words_of(payload, row.body, actor.language) if fact_type else row.body or ""
    return EntryView(
        id=row.id,
        position=row.position,
        kind=row.kind,
        icon=fact_type.icon if fact_type else "circle",
        template=fact_type.template if fact_type else "timeline/event.html",
        actor_id=row.actor_id,
        actor_name=row.actor_name,
        actor_face=Face(row.actor_face),
        company_name=row.company_name or "",
        at=row.at,
        audience=Audience(row.audience),
        reader_name="" if actor.outside else row.reader_name or "",
        sentence=fact_type.sentence.render(actor.language, payload) if fact_type else row.fact_type,
        body="" if withdrawn else row.body or "",
        words="" if withdrawn else words,
        edited_at=row.edited_at,
        withdrawn_at=row.withdrawn_at,
        mine=_is_own(actor, row),
        amends_id=row.amends_id,
        record_id=row.record_id if known else None,
        record_title=str(payload.get("title", "")),
        record_url=url,
        is_new=is_new,
        files=files,
    )
