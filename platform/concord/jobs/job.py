"""A job, and how an action asks for it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from flask_babel import LazyString
from sqlalchemy.orm import Session

# Errands wait for others; in queues of their own they keep nobody else waiting.
JOBS = "concord-jobs"
ERRANDS = "concord-errands"
STRANGERS = "concord-strangers"


@dataclass(frozen=True, slots=True)
class Retries:
    """How often a failing job is tried, and the seconds before the second time, then doubled."""

    attempts: int = 5
    first_wait: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work inside the database: `run(session, *ids)` is one transaction, and has its effect once.

    At most 500 rows or 0.3 s on SQLite; more work is more jobs. `name` is `module.verb`; when a
    change would mislead the jobs that are already waiting, the job gets a new name. `label` is
    what administrators read.
    """

    name: str
    run: Callable[..., None]
    label: LazyString | None = None
    retries: Retries = field(default_factory=Retries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Work outside (mail, another program): `run(database, *ids)` may happen more than once.

    It opens transactions of its own, and none is open while it waits for somebody. Errands to
    addresses that people typed in go to the queue of strangers: they may be slow on purpose.
    """

    name: str
    run: Callable[..., None]
    label: LazyString | None = None
    retries: Retries = field(default_factory=lambda: Retries(attempts=9, first_wait=5.0))
    queue: str = ERRANDS


AnyJob: TypeAlias = Job | Errand


def enqueue(session: Session, job: AnyJob, *ids: int, delay: float = 0) -> str:
    """Have `job` run once this transaction commits, `delay` seconds after; gives the job's id.

    A rollback takes it back. Only ids travel: a job reads what is true when it runs.
    """
    # Loading DBOS costs a quarter of a second; a process that enqueues nothing never pays it.
    from concord.jobs.client import send

    return send(session, job, ids, delay)
