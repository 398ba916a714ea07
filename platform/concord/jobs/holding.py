"""Holding jobs back: all of them, or those of one name, until somebody releases them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.clock import now
from concord.jobs.models import JobHold

EVERYTHING = "*"


class Held(Exception):
    """A job that was about to start while jobs of its name are held; it waits for its release."""


def hold(session: Session, actor: Actor, name: str = EVERYTHING) -> None:
    """Let no job of this name start; those that run end in peace."""
    if session.get(JobHold, name) is None:
        session.add(JobHold(name=name, held_at=now(), held_by=actor.name))


def lift(session: Session, name: str = EVERYTHING) -> bool:
    """Whether there was a hold."""
    found = session.get(JobHold, name)
    if found is not None:
        session.delete(found)
    return found is not None


def holds(session: Session) -> dict[str, JobHold]:
    return {found.name: found for found in session.scalars(select(JobHold).order_by(JobHold.name))}


def is_held(session: Session, name: str) -> bool:
    wanted = select(JobHold.name).where(JobHold.name.in_([EVERYTHING, name])).limit(1)
    return session.scalar(wanted) is not None
