"""Reading marks: always asked for by the person, never by looking."""

from collections.abc import Iterable

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.clock import now
from concord.errors import NotFound
from concord.notifications.models import Inbox, Notification
from concord.notifications.outbox import forget
from concord.realtime.rings import RINGS, InboxRing


def mark_read(session: Session, actor: Actor, notification_id: int) -> Notification:
    """Mark one line read; the person's other windows hear of it, and no mail tells it again."""
    notification = _own(session, actor, notification_id)
    if notification.read_at is None:
        notification.read_at = now()
        session.flush()
        recount(session, {actor.user_id})
        forget(session, actor.user_id, notification.record_id)
    return notification


def mark_unread(session: Session, actor: Actor, notification_id: int) -> Notification:
    """Keep one line for later."""
    notification = _own(session, actor, notification_id)
    if notification.read_at is not None:
        notification.read_at = None
        session.flush()
        recount(session, {actor.user_id})
    return notification


def mark_all_read(session: Session, actor: Actor) -> None:
    session.execute(
        update(Notification)
        .where(Notification.user_id == actor.user_id, Notification.read_at.is_(None))
        .values(read_at=now())
    )
    recount(session, {actor.user_id})
    forget(session, actor.user_id)


def mark_record_read(session: Session, actor: Actor, record_id: int) -> None:
    """What a person was told of a record is read once they look at the record."""
    marked = (
        update(Notification)
        .where(
            Notification.user_id == actor.user_id,
            Notification.record_id == record_id,
            Notification.read_at.is_(None),
        )
        .values(read_at=now())
    )
    forget(session, actor.user_id, record_id)
    if session.execute(marked).rowcount:  # type: ignore[attr-defined]
        recount(session, {actor.user_id})


def _own(session: Session, actor: Actor, notification_id: int) -> Notification:
    query = select(Notification).where(
        Notification.id == notification_id, Notification.user_id == actor.user_id
    )
    found = session.scalars(query.with_for_update()).one_or_none()
    if found is None:
        raise NotFound
    return found


def recount(session: Session, user_ids: Iterable[int | None]) -> None:
    """Set what is unread to the number of such lines, and tell each person's windows."""
    unread = (
        select(func.count())
        .select_from(Notification)
        .where(Notification.user_id == Inbox.user_id, Notification.read_at.is_(None))
        .correlate(Inbox)
        .scalar_subquery()
    )
    for user_id in sorted(one for one in user_ids if one is not None):
        row = session.execute(
            update(Inbox)
            .where(Inbox.user_id == user_id)
            .values(unread=unread)
            .returning(Inbox.position, Inbox.unread)
        ).one_or_none()
        if row is not None:
            rings = session.info.setdefault(RINGS, [])
            rings.append(InboxRing(user_id, row.position, row.unread))
