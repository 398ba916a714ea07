"""Telling people, in the transaction of what happened, after asking whether they may know it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from concord.actors import Actor, Audience, Face
from concord.database.upsert import upsert_counters
from concord.facts.record import Link, Pending
from concord.facts.types import AnyFactType, Told
from concord.identity.actors import actors_of
from concord.installation import current_installation
from concord.notifications.models import Inbox, Notification
from concord.records.models import Record
from concord.timeline.models import Entry

BURST = timedelta(hours=1)
ACTORS_KEPT = 5


@dataclass(frozen=True, slots=True)
class Telling:
    """One person about to be told of one entry, through the link by which they may see it."""

    reader: Actor
    pending: Pending
    link: Link
    reason: str


def tellings(session: Session, pendings: Sequence[Pending]) -> list[Telling]:
    """Whom the fact types and mentions name, without the actor and whoever cannot see the entry."""
    wanted = [(pending, _named(session, pending)) for pending in pendings]
    actors = actors_of(session, {user_id for _, reasons in wanted for user_id in reasons})
    found = []
    for pending, reasons in wanted:
        for user_id, reason in sorted(reasons.items()):
            telling = _through_a_link(session, pending, actors.get(user_id, []), reason)
            if telling is not None:
                found.append(telling)
    return found


def write(session: Session, found: Sequence[Telling]) -> list[tuple[int, int, int]]:
    """Write the rows; gives (user id, position, unread) for the rings.

    Inboxes are locked in the order of their users.
    """
    if not found:
        return []
    by_user: dict[int, list[Telling]] = {}
    for telling in found:
        assert telling.reader.user_id is not None
        by_user.setdefault(telling.reader.user_id, []).append(telling)
    counts = [
        {"user_id": user_id, "position": len(by_user[user_id])} for user_id in sorted(by_user)
    ]
    tops = upsert_counters(session, Inbox, counts, keys=("user_id",), defaults={"unread": 0})
    rings = []
    for user_id, group in sorted(by_user.items()):
        position = tops[(user_id,)] - len(group)
        for telling in group:
            position += 1
            _write_one(session, telling, position)
        rings.append((user_id, position))
    session.flush()
    counted = select(Inbox.user_id, Inbox.unread).where(Inbox.user_id.in_(by_user))
    unread = dict(session.execute(counted).all())
    return [(user_id, position, unread[user_id]) for user_id, position in rings]


def may_read(session: Session, reader: Actor, record: Record, link: Link) -> bool:
    """Whether `reader` sees an entry on `record` through this link."""
    if reader.outside:
        return link.audience is Audience.of(reader.face) and link.company_id == reader.company_id
    if link.field_group is not None and link.field_group not in reader.field_groups:
        return False
    record_type = current_installation().records.get(record.kind)
    if record_type is None:
        return False
    visible = record_type.policy.visible(reader).with_only_columns(
        Record.id, maintain_column_froms=True
    )
    return session.scalar(visible.where(Record.id == record.id)) is not None


def _named(session: Session, pending: Pending) -> dict[int, str]:
    fact_type = _type_of(pending)
    record = next((link.record for link in pending.links), None)
    if record is None:
        return {}
    audiences = frozenset((int(link.audience), link.company_id) for link in pending.links)
    told = Told(session, pending.actor, record, pending.entry.payload, audiences)
    reasons = dict.fromkeys(fact_type.tells(told), "event")
    reasons |= dict.fromkeys(pending.mentions, "mention")
    return {
        user_id: reason for user_id, reason in reasons.items() if user_id != pending.actor.user_id
    }


def _through_a_link(
    session: Session, pending: Pending, readers: Iterable[Actor], reason: str
) -> Telling | None:
    fact_type = _type_of(pending)
    for reader in readers:
        if reader.outside and Face(reader.face) not in fact_type.faces:
            continue
        for link in pending.links:
            if may_read(session, reader, link.record, link):
                return Telling(reader, pending, link, reason)
    return None


def _write_one(session: Session, telling: Telling, position: int) -> None:
    entry, reader, record = telling.pending.entry, telling.reader, telling.link.record
    if _type_of(telling.pending).merges and telling.reason != "mention":
        merged = (
            session.execute(
                select(Notification).where(
                    Notification.user_id == reader.user_id,
                    Notification.record_id == record.id,
                    Notification.fact_type == entry.fact_type,
                    Notification.reason == telling.reason,
                    Notification.company_id.is_not_distinct_from(reader.company_id),
                    Notification.read_at.is_(None),
                    Notification.at > entry.at - BURST,
                )
            )
            .scalars()
            .first()
        )
        if merged is not None:
            merged.position, merged.at, merged.entry_id = position, entry.at, entry.id
            merged.count += 1
            newest = _person(entry)
            others = [person for person in merged.actors if person["id"] != newest["id"]]
            merged.actors = [newest, *others][:ACTORS_KEPT]
            return
    session.add(
        Notification(
            user_id=reader.user_id,
            position=position,
            at=entry.at,
            first_at=entry.at,
            entry_id=entry.id,
            record_id=record.id,
            face=reader.face.value,
            company_id=reader.company_id,
            fact_type=entry.fact_type,
            reason=telling.reason,
            actors=[_person(entry)],
        )
    )
    session.execute(
        update(Inbox).where(Inbox.user_id == reader.user_id).values(unread=Inbox.unread + 1)
    )


def _person(entry: Entry) -> dict[str, Any]:
    return {"id": entry.actor_id, "name": entry.actor_name}


def _type_of(pending: Pending) -> AnyFactType:
    fact_type = current_installation().facts.get(pending.entry.fact_type)
    assert fact_type is not None
    return fact_type
