"""The processes that run jobs: each has a name of its own and shows that it lives."""

import os
import socket
import time

from sqlalchemy import delete, select, update

from concord.clock import now
from concord.database.engine import Database
from concord.jobs.models import Executor

BEAT = 5.0
"""Seconds between two beats."""
SILENCE = 30.0
"""Seconds without a beat after which an executor's jobs are run by others."""


class NameTaken(Exception):
    """Another process runs jobs under this name; the message is a sentence."""


def free(database: Database, name: str) -> None:
    """Make sure that nobody bears the name: two would run each other's jobs again."""
    with database.reading() as session:
        former = session.get(Executor, name)
    if former is None:
        return
    if not _ended(former) and _beats_again(database, former):
        raise NameTaken(f"Another process works as {name!r} on this database: stop it first.")
    leave(database, name)


def arrive(database: Database, name: str) -> None:
    """Take the name; raises NameTaken where another living process bears it."""
    free(database, name)
    with database.writing() as session:
        session.execute(
            Executor.__table__.insert().values(  # type: ignore[attr-defined]
                name=name, host=socket.gethostname(), process=os.getpid(), beats=0, beat_at=now()
            )
        )
        session.commit()


def beat(database: Database, name: str) -> None:
    raised = update(Executor).where(Executor.name == name)
    with database.writing() as session:
        session.execute(raised.values(beats=Executor.beats + 1, beat_at=now()))
        session.commit()


def leave(database: Database, name: str) -> None:
    """Whatever it left undone, others take at once."""
    with database.writing() as session:
        session.execute(delete(Executor).where(Executor.name == name))
        session.commit()


def beats_of_all(database: Database) -> dict[str, int]:
    with database.reading() as session:
        return dict(session.execute(select(Executor.name, Executor.beats)).all())


def beating(database: Database) -> dict[str, bool]:
    """By name, whether it has shown that it lives in the last half minute.

    For whoever looks in from outside; by both clocks, and one that is wrong shows as silence.
    """
    moment = now()
    with database.reading() as session:
        rows = session.execute(select(Executor.name, Executor.beat_at)).all()
    return {name: abs((moment - at).total_seconds()) < SILENCE for name, at in rows}


def _ended(executor: Executor) -> bool:
    """Whether this machine knows that the process is no more."""
    if executor.host != socket.gethostname():
        return False
    if executor.process == os.getpid():
        return True
    try:
        os.kill(executor.process, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _beats_again(database: Database, executor: Executor) -> bool:
    """Watch for a beat and a half: the beats are counted, so that no clock needs to be right."""
    time.sleep(BEAT * 1.5)
    return beats_of_all(database).get(executor.name, executor.beats) != executor.beats
