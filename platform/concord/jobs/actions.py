"""What an administrator does with jobs: let them run again, cancel, hold back, release."""

import time
from collections.abc import Iterator, Sequence

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.audit.writing import note
from concord.database.engine import Database
from concord.errors import Conflict
from concord.jobs.holding import EVERYTHING, is_held, lift
from concord.jobs.job import JOBS
from concord.jobs.listing import Listed, job, jobs, names_of
from concord.jobs.models import JobTrouble
from concord.jobs.statuses import STATUSES, STOPPED, State, tables
from concord.web.marks import N_

ENDED = N_("This job runs or is over; nothing was changed.")
CANCELLABLE = (*STATUSES[State.WAITING], *STOPPED)


def run_again(database: Database, actor: Actor, found: Sequence[Listed]) -> int:
    """Let jobs that failed or were held start anew; gives how many did.

    DBOS works in transactions of its own: no other may be open here.
    """
    # Loading DBOS costs a quarter of a second; whoever only looks never pays it.
    from concord.jobs.client import client_of

    client = client_of(database.engine)
    started = [item for item in found if item.state in (State.FAILED, State.HELD)]
    for item in started:
        _forget_trouble(database, actor, item)
        client.rewind_workflow(item.id, queue_name=item.queue or JOBS)
    return len(started)


def release(database: Database, actor: Actor, name: str = EVERYTHING) -> int:
    """End the hold of this name and let start what it kept; gives how many jobs."""
    with database.writing() as session:
        session.info["actor"] = actor
        lift(session, name)
        session.commit()
    return sum(run_again(database, actor, batch) for batch in _held(database, name))


def cancel(session: Session, actor: Actor, job_id: str) -> None:
    """Give up a job that waits, failed or is held. Conflict where it runs or is over."""
    found = job(session, job_id)
    statuses, _inputs = tables(session.get_bind().dialect.name)
    moment = int(time.time() * 1000)
    ended = (
        update(statuses)
        .where(statuses.c.workflow_uuid == job_id, statuses.c.status.in_(CANCELLABLE))
        .values(status="CANCELLED", queue_name=None, updated_at=moment, completed_at=moment)
        .returning(statuses.c.workflow_uuid)
    )
    if session.execute(ended).first() is None:
        raise Conflict(detail=ENDED)
    note(session, actor, "job_cancelled", changes={"job": found.name, "id": job_id})


def _held(database: Database, name: str) -> Iterator[list[Listed]]:
    """Batch by batch, the held jobs of a name that no other hold keeps."""
    while True:
        with database.reading() as session:
            names = names_of(session) if name == EVERYTHING else [name]
            free = [found for found in names if not is_held(session, found)]
            batch = jobs(session, states=[State.HELD], names=free).items
        if not batch:
            return
        yield batch


def _forget_trouble(database: Database, actor: Actor, item: Listed) -> None:
    with database.writing() as session:
        session.info["actor"] = actor
        session.execute(delete(JobTrouble).where(JobTrouble.job_id == item.id))
        note(session, actor, "job_released", changes={"job": item.name, "id": item.id})
        session.commit()
