"""Topics a client may ask for, and the rooms each asker hears them in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor, Audience, Face
from concord.installation import current_installation
from concord.realtime.rings import rooms_of_kind, rooms_of_record
from concord.records.access import LARGEST_ID, visible_ids
from concord.records.models import Record
from concord.timeline.models import Stream
from concord.timeline.positions import hidden_from, sees_everything

MOST_TOPICS = 200


@dataclass(slots=True)
class Hearing:
    """What one actor may hear: topic → rooms. A topic that is not there does not exist for them."""

    rooms: dict[str, list[str]] = field(default_factory=dict)


def hearing(session: Session, actor: Actor, topics: Iterable[str]) -> Hearing:
    """The topics among `topics` that `actor` may hear, with their rooms. At most two statements."""
    found = Hearing()
    records: dict[int, str] = {}
    for topic in topics:
        name, _, rest = topic.partition(":")
        if name == "record" and (record_id := _record_id(rest)) is not None:
            records[record_id] = topic
        elif name == "kind" and (rooms := _kind_rooms(actor, rest)):
            found.rooms[topic] = rooms
    kinds = _kinds(session, records)
    for record_id in visible_ids(session, actor, kinds):
        found.rooms[records[record_id]] = rooms_of_record(actor, record_id)
    return found


def positions(session: Session, actor: Actor, topics: Sequence[str]) -> dict[str, int]:
    """The newest position of each record's stream, as this actor counts it."""
    ids = {int(topic[7:]): topic for topic in topics if topic.startswith("record:")}
    hidden = 0
    if not actor.outside and not sees_everything(actor):
        hidden = hidden_from(actor, Stream.record_id).correlate(Stream)
    tops = select(Stream.record_id, Stream.position - hidden).where(
        Stream.record_id.in_(ids),
        Stream.audience == int(Audience.of(Face(actor.face))),
        Stream.company_id == ((actor.company_id or 0) if actor.outside else 0),
    )
    return {ids[record_id]: position for record_id, position in session.execute(tops)}


def _kinds(session: Session, records: Iterable[int]) -> dict[int, str]:
    query = select(Record.id, Record.kind).where(Record.id.in_(list(records)))
    return dict(session.execute(query).all())


def _kind_rooms(actor: Actor, kind: str) -> list[str]:
    record_type = current_installation().records.get(kind)
    if record_type is None or actor.outside:
        return []
    scope = actor.scope(record_type.policy.read)
    return [] if scope is None else rooms_of_kind(actor, kind, scope)


def _record_id(text: str) -> int | None:
    if not (text.isascii() and text.isdecimal() and len(text) < 20):
        return None
    return int(text) if 0 < int(text) <= LARGEST_ID else None
