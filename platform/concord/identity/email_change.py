"""Moving an account to another mail address: the new one confirms, the old one is told twice."""

import secrets

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from concord.audit.writing import note
from concord.clock import now
from concord.errors import Gone, TooMany
from concord.identity import letters, throttle, users
from concord.identity.models import EmailChange, User
from concord.identity.throttle import DAY, HOUR, Limit
from concord.keys import hashed_token
from concord.web.marks import N_

VALID = HOUR
MAILS = Limit("email:change", 5, DAY)
NO_LONGER = N_("This link no longer works. Ask for a new one.")


def ask(session: Session, user: User, email: str) -> None:
    """Send a link to the normalised new address and word of it to the old one.

    An address that somebody has already gets no link, and the answer is the same. TooMany after
    too many a day.
    """
    if wait := throttle.count(session, MAILS.of(user.id)):
        raise TooMany(wait)
    session.execute(delete(EmailChange).where(EmailChange.user_id == user.id))
    letters.send(
        session,
        "email_changing",
        to=user.email,
        language=user.language,
        name=user.name,
        new_email=email,
    )
    if users.by_email(session, email) is not None:
        return
    token = secrets.token_urlsafe(32)
    session.add(
        EmailChange(
            token_hash=hashed_token(token), user_id=user.id, old_email=user.email, new_email=email
        )
    )
    path = f"/preferences/email/{token}"
    letters.send(
        session, "email_change", to=email, language=user.language, name=user.name, path=path
    )


def waiting(session: Session, token: str) -> tuple[EmailChange, User]:
    """The change a link confirms, and whose; Gone when used, replaced, too old or overtaken."""
    found = session.execute(
        select(EmailChange, User)
        .join(User, User.id == EmailChange.user_id)
        .where(
            EmailChange.token_hash == hashed_token(token),
            EmailChange.created_at > now() - VALID,
            EmailChange.old_email == User.email,
            User.disabled_at.is_(None),
        )
    ).one_or_none()
    if found is None or users.by_email(session, found.EmailChange.new_email) is not None:
        raise Gone(NO_LONGER)
    return found.EmailChange, found.User


def confirm(session: Session, token: str) -> User:
    """Make the new address the one that signs in; links sent to the old one stop working."""
    change, user = waiting(session, token)
    old = user.email
    user.email, user.email_proved_at = change.new_email, now()
    users.forget_links(session, user)
    note(session, None, "email_changed", table="concord_users", row_id=user.id)
    letters.send(
        session,
        "email_changed",
        to=old,
        language=user.language,
        name=user.name,
        new_email=user.email,
    )
    return user
