"""A new password by mail: the newest link only, for an hour, once, while the address stays."""

import secrets

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from concord.actors import SYSTEM
from concord.audit.writing import note
from concord.clock import now
from concord.errors import Gone
from concord.identity import letters, throttle, users
from concord.identity.models import PasswordReset, User
from concord.identity.throttle import HOUR, Limit
from concord.keys import hashed_token
from concord.web.marks import N_

VALID = HOUR
MAILS = Limit("reset:mails", 3, HOUR)
NO_LONGER = N_("This link no longer works. Ask for a new one.")


def request_reset(session: Session, email: str) -> None:
    """Send a link to the owner of a normalised address, if there is one and not too many went."""
    over = throttle.count(session, MAILS.of(email))
    user = users.by_email(session, email)
    if over or user is None or user.disabled_at is not None:
        return
    session.execute(delete(PasswordReset).where(PasswordReset.user_id == user.id))
    token = secrets.token_urlsafe(32)
    session.add(PasswordReset(token_hash=hashed_token(token), user_id=user.id, email=user.email))
    path = f"/password/reset/{token}"
    letters.send(session, "reset", to=user.email, language=user.language, name=user.name, path=path)


def user_of(session: Session, token: str) -> User:
    """The person whose link this is; Gone when it was used, replaced, or is too old."""
    user = session.scalars(
        select(User)
        .join(PasswordReset, PasswordReset.user_id == User.id)
        .where(
            PasswordReset.token_hash == hashed_token(token),
            PasswordReset.created_at > now() - VALID,
            PasswordReset.email == User.email,
            User.disabled_at.is_(None),
        )
    ).one_or_none()
    if user is None:
        raise Gone(NO_LONGER)
    return user


def set_new(session: Session, token: str, password: str) -> User:
    """Set a new password and use up the link; all sessions end, the owner is told."""
    user = user_of(session, token)
    used = delete(PasswordReset).where(PasswordReset.token_hash == hashed_token(token))
    if session.execute(used).rowcount != 1:  # type: ignore[attr-defined]
        raise Gone(NO_LONGER)
    users.set_password(session, SYSTEM, user, password)
    user.email_proved_at = now()
    note(session, SYSTEM, "password_reset", table="concord_users", row_id=user.id)
    letters.send(session, "password_changed", to=user.email, language=user.language, name=user.name)
    return user
