"""What waits to be told, as its reader may read it now: the rights are asked again."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from flask_babel import gettext as _
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from concord.actors import Actor, Audience, Face
from concord.facts.record import Link
from concord.identity.actors import actors_of
from concord.installation import current_installation
from concord.notifications.models import Waiting
from concord.notifications.reading import is_open
from concord.records.access import visible_ids
from concord.records.models import Record
from concord.timeline.models import Entry, TimelineLink

LONGEST_WORDS = 4000

M = TypeVar("M", Entry, Record)


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

    A few statements, however many rows. Called with the reader's pages at hand (`as_seen_by`),
    because every line has an address.
    """
    rows = list(rows)
    actors = actors_of(session, {row.user_id for row in rows})
    entries = _by_id(session, Entry, {row.entry_id for row in rows})
    records = _by_id(session, Record, {row.record_id for row in rows})
    links = _links(session, entries, records)
    kinds = {record.id: record.kind for record in records.values()}
    seen = {
        (reader.user_id, reader.membership_id): visible_ids(session, reader, kinds)
        for readers in actors.values()
        for reader in readers
        if not reader.outside
    }
    found = []
    for row in rows:
        for reader in actors.get(row.user_id, []):
            if reader.face is not Face(row.face) or reader.company_id != row.company_id:
                continue
            places = links.get((row.entry_id, row.record_id), [])
            mine = (reader.user_id, reader.membership_id)
            open_to = (link for link in places if is_open(reader, link, seen.get(mine, ())))
            link = next(open_to, None)
            if link is not None and entries[row.entry_id].withdrawn_at is None:
                found.append(_line(reader, row, entries[row.entry_id], link))
    return [line for line in found if line is not None]


def _by_id(session: Session, model: type[M], ids: Collection[int]) -> dict[int, M]:
    column = inspect(model).primary_key[0]
    return {found.id: found for found in session.scalars(select(model).where(column.in_(ids)))}


def _links(
    session: Session, entries: Collection[int], records: Mapping[int, Record]
) -> dict[tuple[int, int], list[Link]]:
    """(entry, record) → the links by which the one stands on the other."""
    query = select(TimelineLink).where(TimelineLink.entry_id.in_(entries))
    found: dict[tuple[int, int], list[Link]] = {}
    for place in session.scalars(query):
        record = records.get(place.record_id)
        if record is not None:
            link = Link(record, Audience(place.audience), place.company_id, place.field_group)
            found.setdefault((place.entry_id, place.record_id), []).append(link)
    return found


def _line(reader: Actor, row: Waiting, entry: Entry, link: Link) -> Line | None:
    record_type = current_installation().records.get(link.record.kind)
    fact_type = current_installation().facts.get(entry.fact_type)
    if record_type is None or fact_type is None:
        return None
    payload = fact_type.read(entry.payload, entry.fact_version)
    url = record_type.entry_url(link.record.id, entry.id, Face(reader.face))
    sentence = fact_type.sentence.render(reader.language, payload)
    if row.reason == "mention":
        sentence = _("mentioned you on %(title)s", title=payload.get("title", ""))
    return Line(
        reader=reader,
        entry_id=entry.id,
        record=link.record,
        link=link,
        at=entry.at,
        who=entry.actor_name,
        sentence=sentence,
        words=fact_type.words_of(payload, entry.body, reader.language)[:LONGEST_WORDS],
        icon=fact_type.icon,
        reason=row.reason,
        topic=row.topic,
        url=url or "/notifications",
    )
