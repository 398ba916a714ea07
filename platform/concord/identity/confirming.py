"""Dangerous things want proof that the person at the keyboard is still the one who signed in."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.clock import now
from concord.errors import ConcordError
from concord.identity.models import SignedSession
from concord.web.marks import N_

FRESH = timedelta(minutes=10)


class ProofNeeded(ConcordError):
    """It is ten minutes or more since this session last proved who it is."""

    status = 403
    title = N_("Confirm that it is you")


def ensure_fresh(session: Session, actor: Actor) -> None:
    """Raise ProofNeeded where the actor's session proved itself too long ago.

    A program's token and the command line have no session: they were given their right before.
    """
    if actor.session_id is not None and not is_fresh(session, actor):
        raise ProofNeeded


def is_fresh(session: Session, actor: Actor) -> bool:
    proved = select(SignedSession.proved_at).where(SignedSession.id == actor.session_id)
    proved_at = session.scalar(proved)
    return proved_at is not None and now() - proved_at < FRESH


def confirm(session: Session, actor: Actor) -> None:
    """The person has just proved who they are."""
    proved = update(SignedSession).where(SignedSession.id == actor.session_id)
    session.execute(proved.values(proved_at=now()))
