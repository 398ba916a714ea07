"""How many jobs wait, have failed, are under way: counted along DBOS's own indexes."""

import time
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, func, literal_column, select
from sqlalchemy.orm import Session

from concord.jobs.job import ERRANDS, JOBS, STRANGERS
from concord.jobs.models import JobTrouble
from concord.jobs.statuses import STOPPED, State, is_in, tables

QUEUES = (JOBS, ERRANDS, STRANGERS)


@dataclass(frozen=True, slots=True)
class Waiting:
    number: int = 0
    oldest_seconds: float = 0.0


def waiting(session: Session) -> dict[str, Waiting]:
    """By queue, the jobs that could start now; those whose time has not come do not count."""
    statuses = _statuses(session)
    since = func.min(func.coalesce(statuses.c.delay_until_epoch_ms, statuses.c.created_at))
    query = (
        select(statuses.c.queue_name, func.count(), since)
        .where(_one_of(statuses, "ENQUEUED", "PENDING"), statuses.c.status == "ENQUEUED")
        .where(statuses.c.queue_name.in_(QUEUES))
        .group_by(statuses.c.queue_name)
    )
    moment = time.time()
    found = {
        queue: Waiting(number, max(moment - milliseconds / 1000, 0.0))
        for queue, number, milliseconds in session.execute(query)
    }
    return {queue: found.get(queue, Waiting()) for queue in QUEUES}


def failed(session: Session) -> int:
    """Those that were given up; held ones were not."""
    statuses = _statuses(session)
    query = (
        select(func.count())
        .select_from(statuses.outerjoin(JobTrouble, JobTrouble.job_id == statuses.c.workflow_uuid))
        .where(_one_of(statuses, "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"))
        .where(statuses.c.status.in_(STOPPED), is_in(statuses, (State.FAILED,)))
    )
    return session.scalar(query) or 0


def under_way(session: Session, queue: str, name: str) -> int:
    """Jobs of this name that wait, run, or are tried again later."""
    statuses = _statuses(session)
    query = (
        select(func.count())
        .where(_one_of(statuses, "ENQUEUED", "PENDING"))
        .where(statuses.c.queue_name == queue, statuses.c.name == name)
    )
    return session.scalar(query) or 0


def _statuses(session: Session) -> Table:
    return tables(session.get_bind().dialect.name)[0]


def _one_of(statuses: Table, *names: str) -> ColumnElement[bool]:
    """Written out: SQLite finds a partial index only where its condition stands there literally."""
    return statuses.c.status.in_([literal_column(f"'{name}'") for name in names])
