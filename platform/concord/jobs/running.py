"""Running one job: in one transaction with its mark, or as an errand; tried again when it fails."""

import structlog
from dbos import DBOS
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from structlog.contextvars import bound_contextvars

from concord.actors import SYSTEM
from concord.clock import now
from concord.installation import Installation, using
from concord.jobs.holding import Held, is_held
from concord.jobs.job import AnyJob, Job
from concord.jobs.models import JobMark
from concord.jobs.outages import through_outages
from concord.jobs.statuses import REQUEST, tables
from concord.jobs.troubles import note_held, note_trouble
from concord.watching.work import doing

log = structlog.get_logger()

# A job that takes the process down with it each time is given up after this many starts.
STARTS = 20


def register(installation: Installation, job: AnyJob) -> None:
    """Make `job` known to DBOS in this process: a workflow of one step, retried with backoff."""

    @DBOS.step(
        name=job.name,
        retries_allowed=True,
        max_attempts=job.retries.attempts,
        interval_seconds=job.retries.first_wait,
        backoff_rate=2.0,
    )
    def attempt(*ids: int) -> None:
        run(installation, job, str(DBOS.workflow_id), ids, attempt=_attempt())

    @DBOS.workflow(name=job.name, max_recovery_attempts=STARTS)
    def workflow(*ids: int) -> None:
        job_id = str(DBOS.workflow_id)
        cause = through_outages(lambda: cause_of(installation, job_id))
        with bound_contextvars(**cause):
            through_outages(lambda: refuse_held(installation, job))
            attempt(*ids)


def refuse_held(installation: Installation, job: AnyJob) -> None:
    """A held job ends as one that failed, with nothing done; its release lets it start again."""
    with installation.database.reading() as session:
        held = is_held(session, job.name)
    if held:
        note_held(installation.database, str(DBOS.workflow_id))
        raise Held(job.name)


def cause_of(installation: Installation, job_id: str) -> dict[str, str]:
    """The id of the request that caused the job, as its log lines say it; empty without one."""
    with installation.database.reading() as session:
        statuses, _inputs = tables(session.get_bind().dialect.name)
        attributes = session.scalar(
            select(statuses.c.attributes).where(statuses.c.workflow_uuid == job_id)
        )
    request_id = attributes.get(REQUEST) if isinstance(attributes, dict) else None
    return {REQUEST: request_id} if isinstance(request_id, str) else {}


def run(
    installation: Installation, job: AnyJob, job_id: str, ids: tuple[int, ...], *, attempt: int = 1
) -> None:
    """Do it now, in this thread. A database that is away is waited for: that is no attempt."""
    named = bound_contextvars(job=job.name, job_id=job_id)
    with using(installation), named, doing("job", job.name) as work:
        try:
            through_outages(lambda: _do(installation, job, job_id, ids))
        except Exception as error:
            work.failed = True
            log.warning("job_failed", exc_info=True, **work.costs)
            note_trouble(installation.database, job, job_id, attempt, error)
            raise
        log.info("job_done", **work.costs)


def _attempt() -> int:
    """Which attempt this is, counted from one."""
    status = DBOS.step_status
    return (status.current_attempt or 0) + 1 if status is not None else 1


def _do(installation: Installation, job: AnyJob, job_id: str, ids: tuple[int, ...]) -> None:
    if isinstance(job, Job):
        _run_once(installation, job, job_id, ids)
    else:
        job.run(installation.database, *ids)


def _run_once(installation: Installation, job: Job, job_id: str, ids: tuple[int, ...]) -> None:
    with installation.database.writing() as session:
        session.info["actor"] = SYSTEM
        if _mark(session, job_id):
            job.run(session, *ids)
            session.commit()


def _mark(session: Session, job_id: str) -> bool:
    """False when this job has had its effect; a second runner waits here for the first."""
    on_postgres = session.get_bind().dialect.name == "postgresql"
    insert = (postgresql.insert if on_postgres else sqlite.insert)(JobMark)
    marked = insert.values(job_id=job_id, made_at=now()).on_conflict_do_nothing()
    return session.execute(marked.returning(JobMark.job_id)).first() is not None
