"""What a commit does with the facts recorded in it: positions, notifications, webhooks, rings.

Positions are allotted here and nowhere else, as the last thing before the commit: the counters
stay locked until it ends, so positions become visible in their own order and a reader asking for
what came after one never misses a row that commits late.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import event, func, insert, inspect, select
from sqlalchemy.orm import Session, SessionTransaction

from concord.actors import Audience
from concord.database.engine import WritingSession
from concord.database.upsert import upsert_counters
from concord.facts.record import PENDING, Link, Pending
from concord.notifications.writing import tellings, write
from concord.prepared import execute, numbers
from concord.realtime.rings import RINGS, InboxRing, RecordRing, Ring, ring
from concord.timeline.models import Stream, TimelineLink
from concord.webhooks.writing import write as deliver

StreamKey = tuple[int, int, int]


@event.listens_for(WritingSession, "before_commit")
def _settle(session: Session) -> None:
    recorded: list[Pending] = session.info.pop(PENDING, [])
    session.flush()
    # A savepoint may have been rolled back with some of the entries.
    pendings = [pending for pending in recorded if inspect(pending.entry).persistent]
    if not pendings:
        return
    told = tellings(session, pendings)
    rings: list[Ring] = session.info.setdefault(RINGS, [])
    placed = _place(session, pendings)
    rings.extend(placed)
    rings.extend(InboxRing(*row) for row in write(session, told))
    deliver(session, pendings, placed)


@event.listens_for(WritingSession, "after_commit")
def _ring(session: Session) -> None:
    ring(session.info.pop(RINGS, []))


@event.listens_for(WritingSession, "after_soft_rollback")
def _forget(session: Session, previous: SessionTransaction) -> None:
    if previous.nested:
        return
    session.info.pop(PENDING, None)
    session.info.pop(RINGS, None)


def _place(session: Session, pendings: Sequence[Pending]) -> list[RecordRing]:
    """Give every link its positions; counters are locked in the order of their keys."""
    links = [(pending, link) for pending in pendings for link in pending.links]
    wanted = Counter(key for _, link in links for key in _streams_of(link))
    rows = [
        {"record_id": record, "audience": audience, "company_id": company, "position": wanted[key]}
        for key in sorted(wanted)
        for record, audience, company in [key]
    ]
    tops = upsert_counters(session, Stream, rows, keys=("record_id", "audience", "company_id"))
    following = {key: tops[key].position - count for key, count in wanted.items()}
    grouped = _grouped(session, {link.record.id for _, link in links})
    placed, rings = [], []
    for pending, link in links:
        for key in _streams_of(link):
            following[key] += 1
        if link.field_group is not None:
            grouped[link.record.id][link.field_group] += 1
        position = following[_staff(link)]
        shared = following[_shared(link)] if link.audience is not Audience.INTERNAL else None
        placed.append(
            {
                "record_id": link.record.id,
                "position": position,
                "entry_id": pending.entry.id,
                "audience": int(link.audience),
                "company_id": link.company_id,
                "audience_position": shared,
                "field_group": link.field_group,
            }
        )
        rings.append(RecordRing.of(link, position, shared, grouped[link.record.id]))
    session.execute(insert(TimelineLink), placed)
    return rings


def _grouped(session: Session, record_ids: set[int]) -> defaultdict[int, Counter[str]]:
    """How many entries of each field group stand on these records; the streams are locked."""
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for record_id, group, count in execute(session, _groups, None, record_ids=list(record_ids)):
        found[record_id][str(group)] = count
    return found


def _groups() -> Any:
    record, group = TimelineLink.record_id, TimelineLink.field_group
    query = select(record, group, func.count()).group_by(record, group)
    return query.where(record.in_(numbers("record_ids")), group.is_not(None))


def _streams_of(link: Link) -> list[StreamKey]:
    return [_staff(link)] if link.audience is Audience.INTERNAL else [_staff(link), _shared(link)]


def _staff(link: Link) -> StreamKey:
    return (link.record.id, int(Audience.INTERNAL), 0)


def _shared(link: Link) -> StreamKey:
    return (link.record.id, int(link.audience), link.company_id or 0)
