"""What went wrong while a job was tried: kept for whoever looks, until the job is forgotten."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from concord.clock import now
from concord.database.engine import Database
from concord.jobs.job import AnyJob
from concord.jobs.models import JobTrouble

LONGEST = 2000

log = structlog.get_logger()


def note_trouble(
    database: Database, job: AnyJob, job_id: str, attempt: int, error: Exception
) -> None:
    """Keep what failed and when it is tried again."""
    _write(
        database,
        JobTrouble(
            job_id=job_id,
            attempts=attempt,
            error=described(error),
            failed_at=now(),
            next_at=_next(job, attempt),
        ),
    )


def note_held(database: Database, job_id: str) -> None:
    """A job that was not begun at all: it has no attempts, and that tells it from a failed one."""
    _write(database, JobTrouble(job_id=job_id, attempts=0, error="", failed_at=now()))


def _write(database: Database, trouble: JobTrouble) -> None:
    """In a transaction of its own; where even that fails the job goes on failing alone."""
    try:
        with database.writing() as session:
            session.merge(trouble)
            session.commit()
    except (SQLAlchemyError, TimeoutError):
        log.warning("job_trouble_not_noted", exc_info=True)


def described(error: BaseException) -> str:
    """The kind of error and its words, not longer than a screen."""
    return f"{type(error).__name__}: {error}"[:LONGEST]


def _next(job: AnyJob, attempt: int) -> datetime | None:
    """When it is tried again: after the first wait, then twice as long each time."""
    if attempt >= job.retries.attempts:
        return None
    return now() + timedelta(seconds=job.retries.first_wait * 2 ** (attempt - 1))
