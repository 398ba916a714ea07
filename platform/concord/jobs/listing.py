"""What waits, runs and has failed; letting a failed job run again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from dbos import WorkflowStatus

from concord.database.engine import Database
from concord.jobs.client import JOBS, client_of

LIMIT = 100


class State(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    FAILED = "failed"


STATES = {
    "DELAYED": State.WAITING,
    "ENQUEUED": State.WAITING,
    "PENDING": State.RUNNING,
    "ERROR": State.FAILED,
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": State.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A job that is not done."""

    id: str
    name: str
    state: State
    ids: tuple[int, ...]
    since: datetime
    error: str | None
    queue: str


def unfinished(database: Database, states: Sequence[State] = tuple(State)) -> list[Listed]:
    """The oldest hundred."""
    wanted = [name for name, state in STATES.items() if state in states]
    client = client_of(database.reader)
    return [_listed(found) for found in client.list_workflows(status=wanted, limit=LIMIT)]


def release(database: Database, job_ids: Sequence[str] = ()) -> Iterator[str]:
    """Let failed jobs run again, those named or all; gives ids. LookupError names a stranger."""
    failed = {job.id: job for job in unfinished(database, [State.FAILED])}
    if unknown := sorted(set(job_ids) - failed.keys()):
        raise LookupError(unknown[0])
    for job_id in job_ids or failed:
        client_of(database.engine).rewind_workflow(job_id, queue_name=failed[job_id].queue)
        yield job_id


def _listed(found: WorkflowStatus) -> Listed:
    # What could not be read is given as the text that stands there.
    arguments = found.input["args"] if isinstance(found.input, dict) else ()
    return Listed(
        id=found.workflow_id,
        name=found.name,
        state=STATES[found.status],
        ids=tuple(arguments),
        since=datetime.fromtimestamp((found.created_at or 0) / 1000, UTC),
        error=str(found.error) if found.error else None,
        queue=found.queue_name or JOBS,
    )
