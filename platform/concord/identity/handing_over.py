"""What somebody owned becomes a colleague's: batch by batch, each record with its audit row."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import SYSTEM, Actor, Face
from concord.audit.writing import UNWATCHED, note
from concord.errors import Invalid
from concord.identity.access import raise_epoch
from concord.identity.actors import actors_of
from concord.identity.models import User
from concord.installation import current_installation
from concord.jobs.job import Job, enqueue
from concord.records.models import Record

BATCH = 200


def hand_over(session: Session, actor: Actor, user: User, successor_id: int | None) -> None:
    """Give all that `user` owns to an enabled colleague, once this transaction commits."""
    successor = None if successor_id is None else session.get(User, successor_id)
    if successor is None or not _can_own(successor) or successor.id == user.id:
        raise Invalid({"successor_id": [_("Choose a colleague who can sign in.")]})
    changes = {"owner_id": [user.id, successor.id]}
    note(session, actor, "handed_over", table="concord_users", row_id=user.id, changes=changes)
    enqueue(session, HAND_OVER, user.id, successor.id, actor.user_id or 0)


def _hand_over_some(session: Session, from_id: int, to_id: int, by_id: int) -> None:
    """One batch; where there is more, the next one follows."""
    successor = session.get(User, to_id)
    if successor is None or not _can_own(successor):
        return
    session.info["actor"] = _actor(session, by_id)
    owned = select(Record).where(Record.owner_id == from_id, Record.kind.in_(kinds()))
    records = session.scalars(owned.order_by(Record.id).limit(BATCH)).all()
    for record in records:
        record.owner_id, record.team_id = successor.id, successor.team_id
    raise_epoch(session)
    if len(records) == BATCH:
        enqueue(session, HAND_OVER, from_id, to_id, by_id)


HAND_OVER = Job(
    name="concord.hand_over",
    run=_hand_over_some,
    label=_l("Hand records over to another colleague"),
)


def kinds() -> list[str]:
    """What can be handed over: business, not what is only kept of how the program ran."""
    known = current_installation().records
    return [kind.kind for kind in known if kind.model.__tablename__ not in UNWATCHED]


def _can_own(user: User) -> bool:
    return user.is_staff and user.disabled_at is None


def _actor(session: Session, user_id: int) -> Actor:
    found = actors_of(session, [user_id]).get(user_id, [])
    return next((actor for actor in found if actor.face is Face.STAFF), SYSTEM)
