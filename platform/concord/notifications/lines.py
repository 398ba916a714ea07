"""What waits to be told, as its reader may read it now: the rights are asked again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor, Audience, Face
from concord.facts.record import Link
from concord.identity.actors import actors_of
from concord.installation import current_installation
from concord.notifications.models import Waiting
from concord.notifications.reading import may_read
from concord.records.models import Record
from concord.timeline.models import Entry, TimelineLink

LONGEST_WORDS = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry for one reader: `sentence` comes after `who`; `words` are what was written."""

    reader: Actor
    entry_id: int
    record: Record
    link: Link
    at: datetime
    who: str
    sentence: str
    words: str
    icon: str
    reason: str
    topic: str
    url: str

    @property
    def audience(self) -> Audience:
        return self.link.audience

    @property
    def said(self) -> str:
        return f"{self.who} {self.sentence}".strip()


def readable(session: Session, rows: Iterable[Waiting]) -> list[Line]:
    """The lines of these rows that their readers may still read, oldest first.

    Called with the reader's pages at hand (`as_seen_by`), because every line has an address.
    """
    rows = list(rows)
    actors = actors_of(session, {row.user_id for row in rows})
    found = []
    for row in rows:
        for reader in actors.get(row.user_id, []):
            if reader.face is Face(row.face) and reader.company_id == row.company_id:
                line = _line(session, reader, row)
                found.extend([] if line is None else [line])
    return found


def _line(session: Session, reader: Actor, row: Waiting) -> Line | None:
    query = select(TimelineLink).where(
        TimelineLink.entry_id == row.entry_id, TimelineLink.record_id == row.record_id
    )
    entry, record = session.get_one(Entry, row.entry_id), session.get_one(Record, row.record_id)
    record_type = current_installation().records.get(record.kind)
    fact_type = current_installation().facts.get(entry.fact_type)
    if entry.withdrawn_at is not None or record_type is None or fact_type is None:
        return None
    link = _readable_link(session, reader, record, session.scalars(query).all())
    if link is None:
        return None
    payload = fact_type.read(entry.payload, entry.fact_version)
    url = record_type.url(record.id, Face(reader.face))
    sentence = fact_type.sentence.render(reader.language, payload)
    if row.reason == "mention":
        sentence = _("mentioned you on %(title)s", title=payload.get("title", ""))
    return Line(
        reader=reader,
        entry_id=entry.id,
        record=record,
        link=link,
        at=entry.at,
        who=entry.actor_name,
        sentence=sentence,
        words=(entry.body or "")[:LONGEST_WORDS],
        icon=fact_type.icon,
        reason=row.reason,
        topic=row.topic,
        url=f"{url}#entry-{entry.id}" if url else "/notifications",
    )


def _readable_link(
    session: Session, reader: Actor, record: Record, stored: Sequence[TimelineLink]
) -> Link | None:
    for place in stored:
        link = Link(record, Audience(place.audience), place.company_id, place.field_group)
        if may_read(session, reader, record, link):
            return link
    return None
