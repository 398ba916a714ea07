"""Signing in and out, as far as the database is concerned."""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.audit.writing import note
from concord.clock import now
from concord.identity import requirement
from concord.identity.actors import actors_of
from concord.identity.models import PortalMembership, SignedSession, User
from concord.identity.sessions import end_session, start_session


@dataclass(frozen=True, slots=True)
class Account:
    """What checking a password wants to know of the person, whether there is one or not."""

    user_id: int | None
    password_hash: str | None


NOBODY = Account(None, None)


def account_of(session: Session, email: str) -> Account:
    """The account that signs in with `email`; nobody's where it is unknown or disabled."""
    row = session.execute(
        select(User.id, User.password_hash, User.disabled_at).where(User.email == email)
    ).one_or_none()
    return Account(row.id, row.password_hash) if row and row.disabled_at is None else NOBODY


def admit(
    session: Session,
    user: User,
    *,
    way: str,
    lasting: bool,
    device: str,
    address: str,
    membership_id: int | None = None,
) -> tuple[str, Actor] | None:
    """Sign a person in who proved who they are; gives the cookie's token and who they now are.

    None for a person who stands nowhere: not staff, and nobody's contact any more.
    """
    actor = _standing(session, user, membership_id)
    if actor is None:
        return None
    _forget_expired(session, user)
    token = start_session(
        session,
        user,
        actor.membership_id,
        lasting=lasting,
        device=device,
        address=address,
        way=way,
        needs_factor=requirement.is_unmet(session, user),
    )
    note(session, actor, "signed_in", table="concord_users", row_id=user.id, changes={"way": way})
    return token, actor


def leave(session: Session, actor: Actor) -> None:
    """Sign this browser out."""
    end_session(session, actor)
    note(session, actor, "signed_out", table="concord_users", row_id=actor.user_id)


def note_failure(session: Session, user_id: int | None) -> None:
    """Keep that somebody failed to sign in: as whom, if there is such a person, never what."""
    note(session, None, "sign_in_failed", table="concord_users", row_id=user_id)


def _forget_expired(session: Session, user: User) -> None:
    over = delete(SignedSession).where(SignedSession.user_id == user.id)
    session.execute(over.where(SignedSession.expires_at <= now()))


def _standing(session: Session, user: User, membership_id: int | None) -> Actor | None:
    """As whom a person comes in: staff, or for the company they acted for last."""
    actors = actors_of(session, [user.id]).get(user.id, [])
    wanted = membership_id if membership_id is not None else _last(session, user)
    found = (actor for actor in actors if actor.membership_id == wanted)
    return next(found, None) or next(iter(actors), None)


def _last(session: Session, user: User) -> int | None:
    return session.scalar(
        select(PortalMembership.id)
        .outerjoin(SignedSession, SignedSession.membership_id == PortalMembership.id)
        .where(PortalMembership.user_id == user.id)
        .order_by(SignedSession.last_seen_at.desc().nulls_last(), PortalMembership.id)
        .limit(1)
    )
