"""Whom a composer offers after an @."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from concord.actors import Actor, Face
from concord.identity.models import User
from concord.records.models import Record
from concord.records.sorting import normalised, sort_key
from concord.timeline.models import Entry, TimelineLink

MOST = 8


@dataclass(frozen=True, slots=True)
class Mentionable:
    """What a person who may be mentioned looks like: nothing but a name."""

    id: int
    name: str


def mentionable(session: Session, actor: Actor, record: Record, wanted: str) -> list[Mentionable]:
    """Colleagues whose name matches; for people outside, staff who wrote to them here before."""
    query = select(User.id, User.name).where(User.is_staff, User.disabled_at.is_(None))
    if actor.outside:
        query = query.where(User.id.in_(staff_who_wrote(session, actor, record)))
    needle = normalised(wanted)
    rows = session.execute(query.order_by(User.name))
    return [
        Mentionable(user_id, name)
        for user_id, name in rows
        if user_id != actor.user_id
        and (needle in normalised(name) or sort_key(name).startswith(needle))
    ][:MOST]


def staff_who_wrote(session: Session, actor: Actor, record: Record) -> set[int]:
    """Staff with an entry in the stream that `actor` reads on this record."""
    wrote = (
        select(Entry.actor_id)
        .join(TimelineLink, TimelineLink.entry_id == Entry.id)
        .where(
            TimelineLink.record_id == record.id,
            readable_by(actor),
            Entry.actor_face == Face.STAFF.value,
            Entry.actor_id.is_not(None),
        )
        .distinct()
    )
    return {user_id for user_id in session.scalars(wrote) if user_id is not None}


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """SQL: the links through which `actor` reads entries of a record they see.

    The condition on the audience is spelled out because SQLite uses the partial index only then.
    """
    if actor.outside:
        return (
            (TimelineLink.audience != 0)
            & (TimelineLink.audience == int(actor.audience))
            & (TimelineLink.company_id == actor.company_id)
        )
    groups = TimelineLink.field_group.in_(actor.field_groups)
    return TimelineLink.field_group.is_(None) | groups
