"""Reading marks: always asked for by the person, never by looking."""

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
        _recount(session, actor)
        forget(session, actor.user_id, notification.record_id)
    return notification


def mark_unread(session: Session, actor: Actor, notification_id: int) -> Notification:
    """Keep one line for later."""
    notification = _own(session, actor, notification_id)
    if notification.read_at is not None:
        notification.read_at = None
        session.flush()
        _recount(session, actor)
    return notification


def mark_all_read(session: Session, actor: Actor) -> None:
    session.execute(
        update(Notification)
        .where(Notification.user_id == actor.user_id, Notification.read_at.is_(None))
        .values(read_at=now())
    )
    _recount(session, actor)
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
        _recount(session, actor)


def _own(session: Session, actor: Actor, notification_id: int) -> Notification:
    query = select(Notification).where(
        Notification.id == notification_id, Notification.user_id == actor.user_id
    )
    found = session.scalars(query.with_for_update()).one_or_none()
    if found is None:
        raise NotFound
    return found


def _recount(session: Session, actor: Actor) -> None:
    assert actor.user_id is not None
    unread = (
        select(func.count())
        .select_from(Notification)
        .where(Notification.user_id == actor.user_id, Notification.read_at.is_(None))
        .scalar_subquery()
    )
    row = session.execute(
        update(Inbox)
        .where(Inbox.user_id == actor.user_id)
        .values(unread=unread)
        .returning(Inbox.position, Inbox.unread)
    ).one_or_none()
    if row is not None:
        rings = session.info.setdefault(RINGS, [])
        rings.append(InboxRing(actor.user_id, row.position, row.unread))
