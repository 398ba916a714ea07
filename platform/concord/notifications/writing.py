"""Telling people, in the transaction of what happened, after asking whether they may know it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from concord.actors import Actor, Face
from concord.database.upsert import upsert_counters
from concord.facts.record import Link, Pending
from concord.facts.topics import Delivery
from concord.facts.types import AnyFactType, Told
from concord.identity.actors import actors_of
from concord.installation import current_installation
from concord.notifications.choices import Choices
from concord.notifications.following import State, states_on
from concord.notifications.models import Inbox, Notification
from concord.notifications.outbox import let_wait
from concord.notifications.reading import may_read
from concord.records.models import Record
from concord.timeline.models import Entry

__all__ = ["may_read", "tellings", "write"]

BURST = timedelta(hours=1)
ACTORS_KEPT = 5
UNSEEN = {"synchronize_session": False}  # no inbox is loaded in this session


@dataclass(frozen=True, slots=True)
class Telling:
    """One person about to be told of one entry, through the link by which they may see it."""

    reader: Actor
    pending: Pending
    link: Link
    reason: str
    delivery: Delivery


def tellings(session: Session, pendings: Sequence[Pending]) -> list[Telling]:
    """Whom the fact types, mentions and followers name, each as they chose to be told.

    The actor is left out, and so is whoever cannot see the entry.
    """
    said = states_on(session, {link.record.id for each in pendings for link in each.links})
    wanted = [(pending, _named(session, pending, said)) for pending in pendings]
    user_ids = {user_id for _, reasons in wanted for user_id in reasons}
    actors = actors_of(session, user_ids)
    choices = Choices.of(session, user_ids) if user_ids else Choices()
    found = []
    for pending, reasons in wanted:
        for user_id, reason in sorted(reasons.items()):
            place = _through_a_link(session, pending, actors.get(user_id, []), reason, said)
            if place is not None:
                reader, link = place
                delivery = _delivery(session, choices, pending, reader, link, reason)
                found.append(Telling(reader, pending, link, reason, delivery))
    return found


def write(session: Session, found: Sequence[Telling]) -> list[tuple[int, int, int]]:
    """Write the rows; gives (user id, position, unread) for the rings.

    Inboxes are locked in the order of their users. What goes by mail or push waits for its job.
    """
    by_user: dict[int, list[Telling]] = {}
    for telling in found:
        if telling.delivery.program:
            assert telling.reader.user_id is not None
            by_user.setdefault(telling.reader.user_id, []).append(telling)
    rings = _write_lines(session, by_user) if by_user else []
    let_wait(session, found)
    return rings


def _write_lines(session: Session, by_user: dict[int, list[Telling]]) -> list[tuple[int, int, int]]:
    counts = [
        {"user_id": user_id, "position": len(by_user[user_id])} for user_id in sorted(by_user)
    ]
    tops = upsert_counters(session, Inbox, counts, keys=("user_id",), defaults={"unread": 0})
    rings = []
    for user_id, group in sorted(by_user.items()):
        inbox = tops[(user_id,)]
        first = inbox.position - len(group) + 1
        new = sum(_write_one(session, each, first + n) for n, each in enumerate(group))
        if new:
            row = update(Inbox).where(Inbox.user_id == user_id)
            session.execute(row.values(unread=Inbox.unread + new), execution_options=UNSEEN)
        rings.append((user_id, inbox.position, inbox.unread + new))
    return rings


def _named(
    session: Session, pending: Pending, said: dict[tuple[int, int], State]
) -> dict[int, str]:
    fact_type = _type_of(pending)
    record = next((link.record for link in pending.links), None)
    if record is None:
        return {}
    audiences = frozenset((int(link.audience), link.company_id) for link in pending.links)
    told = Told(session, pending.actor, record, pending.entry.payload, audiences)
    reasons: dict[int, str] = {}
    if pending.entry.amends_id is None:
        places = {link.record.id for link in pending.links}
        followers = (who for who, state in said.items() if state is State.FOLLOW)
        reasons |= {user_id: "follow" for user_id, place in followers if place in places}
    reasons |= dict.fromkeys(fact_type.tells(told), "event")
    reasons |= dict.fromkeys(pending.mentions, "mention")
    return {
        user_id: reason for user_id, reason in reasons.items() if user_id != pending.actor.user_id
    }


def _through_a_link(
    session: Session,
    pending: Pending,
    readers: Iterable[Actor],
    reason: str,
    said: dict[tuple[int, int], State],
) -> tuple[Actor, Link] | None:
    fact_type = _type_of(pending)
    for reader in readers:
        if reader.outside and Face(reader.face) not in fact_type.faces:
            continue
        assert reader.user_id is not None
        for link in pending.links:
            state = said.get((reader.user_id, link.record.id))
            if _wanted(reason, state) and may_read(session, reader, link.record, link):
                return reader, link
    return None


def _wanted(reason: str, state: State | None) -> bool:
    """Whether what a person said about a record lets them hear of it for this reason."""
    if state is State.MUTE or (state is State.MENTIONS and reason != "mention"):
        return False
    return reason != "follow" or state is State.FOLLOW


def _delivery(
    session: Session, choices: Choices, pending: Pending, reader: Actor, link: Link, reason: str
) -> Delivery:
    assert reader.user_id is not None
    fact_type = _type_of(pending)
    chosen = choices.chosen(reader.user_id, Face(reader.face), fact_type, reason)
    mine = chosen.only_mine and _is_mine(session, reader, link.record)
    return chosen.at(pending.entry.at, mine=mine)


def _is_mine(session: Session, reader: Actor, record: Record) -> bool:
    """Whether the reader owns the record, or the company that it belongs to."""
    if record.owner_id == reader.user_id:
        return True
    if record.company_id is None:
        return False
    owner = select(Record.owner_id).where(Record.id == record.company_id)
    return session.scalar(owner) == reader.user_id


def _write_one(session: Session, telling: Telling, position: int) -> bool:
    """Whether it is a line of its own; else it went into one that is unread."""
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
            return False
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
    return True


def _person(entry: Entry) -> dict[str, Any]:
    return {"id": entry.actor_id, "name": entry.actor_name}


def _type_of(pending: Pending) -> AnyFactType:
    fact_type = current_installation().facts.get(pending.entry.fact_type)
    assert fact_type is not None
    return fact_type
