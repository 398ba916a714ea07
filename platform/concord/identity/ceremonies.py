"""Proofs in two halves: begun in one request, finished in a later one of the same browser, once."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from concord.clock import now
from concord.database.base import Identifier, Model, UserId
from concord.errors import Gone
from concord.keys import hashed_token
from concord.web.csrf import browser
from concord.web.marks import N_

VALID = timedelta(minutes=10)
SWEPT_AT_ONCE = 20
TOO_LATE = N_("This took too long, or was begun elsewhere. Please begin again.")


class Ceremony(Model):
    """The half that is here. `key_hash` is of what the other half brings; `data` is never shown."""

    __tablename__ = "concord_ceremonies"

    id: Mapped[Identifier]
    key_hash: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    browser: Mapped[str]
    user_id: Mapped[UserId | None] = mapped_column(index=True)
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    expires_at: Mapped[datetime] = mapped_column(index=True)


def begin(
    session: Session,
    purpose: str,
    *,
    key: str | None = None,
    user_id: int | None = None,
    **data: Any,
) -> str:
    """Begin one in this browser; gives its key, which is random where none is named."""
    _sweep(session)
    key = key or secrets.token_urlsafe(32)
    session.add(
        Ceremony(
            key_hash=hashed_token(key),
            purpose=purpose,
            browser=browser(),
            user_id=user_id,
            data=data,
            expires_at=now() + VALID,
        )
    )
    return key


def find(session: Session, purpose: str, key: str) -> Ceremony:
    """One that this browser began and that still waits; Gone otherwise."""
    found = session.scalars(
        select(Ceremony).where(
            Ceremony.key_hash == hashed_token(key),
            Ceremony.purpose == purpose,
            Ceremony.browser == browser(),
            Ceremony.expires_at > now(),
        )
    ).one_or_none()
    if found is None:
        raise Gone(TOO_LATE)
    return found


def finish(session: Session, purpose: str, key: str) -> Ceremony:
    """The same, used up: of two who finish one, the second finds it Gone."""
    found = find(session, purpose, key)
    used = delete(Ceremony).where(Ceremony.id == found.id)
    if session.execute(used).rowcount != 1:  # type: ignore[attr-defined]
        raise Gone(TOO_LATE)
    session.expunge(found)
    return found


def forget(session: Session, user_id: int) -> None:
    """What somebody began counts no longer: their password or their rights changed."""
    session.execute(delete(Ceremony).where(Ceremony.user_id == user_id))


def _sweep(session: Session) -> None:
    over = select(Ceremony.id).where(Ceremony.expires_at < now())
    few = over.limit(SWEPT_AT_ONCE).with_for_update(skip_locked=True)
    session.execute(delete(Ceremony).where(Ceremony.id.in_(few)))
