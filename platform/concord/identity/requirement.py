"""Whether the organisation asks its staff for a second factor, and whom it still has to ask."""

from sqlalchemy import Exists, exists, select, update
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.audit.writing import note
from concord.identity.access import raise_epoch
from concord.identity.factors.models import CodeApp, Passkey
from concord.identity.models import SignedSession, User
from concord.organisation import read_setting, write_setting

SETTING = "sign_in"
FACTOR = "second_factor"


def is_required(session: Session) -> bool:
    """Whether staff need a second factor. People outside may have one, and never must."""
    return bool(read_setting(session, SETTING).get(FACTOR))


def is_unmet(session: Session, user: User) -> bool:
    """Whether this person still has to set one up."""
    return user.is_staff and is_required(session) and not has_factor(session, user.id)


def has_factor(session: Session, user_id: int) -> bool:
    """Whether somebody has an app or a passkey; recovery codes alone are none."""
    found = select(_has_app(user_id) | _has_passkey(user_id))
    return bool(session.scalar(found))


def require(session: Session, actor: Actor, required: bool) -> None:
    """Ask all staff for a second factor, or no more. Who has none sets one up before going on."""
    if required == is_required(session):
        return
    write_setting(session, SETTING, {**read_setting(session, SETTING), FACTOR: required})
    without = ~_has_app(User.id) & ~_has_passkey(User.id)
    staff = select(User.id).where(User.is_staff, without)
    waiting = update(SignedSession).where(SignedSession.user_id.in_(staff))
    session.execute(waiting.values(needs_factor=required))
    note(session, actor, "second_factor_required" if required else "second_factor_not_required")
    raise_epoch(session)


def met(session: Session, user_id: int) -> None:
    """Somebody has set up a factor: their sessions open everything again."""
    mine = update(SignedSession).where(SignedSession.user_id == user_id)
    session.execute(mine.values(needs_factor=False))


def _has_app(user_id: object) -> Exists:
    return exists().where(CodeApp.user_id == user_id)


def _has_passkey(user_id: object) -> Exists:
    return exists().where(Passkey.user_id == user_id)
