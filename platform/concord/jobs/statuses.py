"""DBOS's table of jobs as we read it: without loading DBOS, on both engines."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, ColumnElement, MetaData, String, Table, and_, or_

from concord.jobs.models import JobTrouble

SCHEMA = "dbos"
REQUEST = "request_id"
"""What a job's attributes and its log lines call the request that caused it."""


class State(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    FAILED = "failed"
    HELD = "held"
    DONE = "done"
    CANCELLED = "cancelled"


UNFINISHED = (State.WAITING, State.RUNNING, State.FAILED, State.HELD)
STOPPED = ("ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")
STATUSES = {
    State.WAITING: ("DELAYED", "ENQUEUED"),
    State.RUNNING: ("PENDING",),
    State.DONE: ("SUCCESS",),
    State.CANCELLED: ("CANCELLED",),
}
STATES = {status: state for state, statuses in STATUSES.items() for status in statuses}


def _tables(schema: str | None) -> tuple[Table, Table]:
    metadata = MetaData(schema=schema)
    statuses = Table(
        "workflow_status",
        metadata,
        Column("workflow_uuid", String, primary_key=True),
        Column("status", String),
        Column("name", String),
        Column("queue_name", String),
        Column("executor_id", String),
        Column("created_at", BigInteger, nullable=False),
        Column("updated_at", BigInteger),
        Column("started_at_epoch_ms", BigInteger),
        Column("completed_at", BigInteger),
        Column("delay_until_epoch_ms", BigInteger),
        Column("recovery_attempts", BigInteger),
        Column("application_name", String),
        Column("attributes", JSON),
    )
    inputs = Table(
        "workflow_input",
        metadata,
        Column("workflow_uuid", String, primary_key=True),
        Column("inputs", String),
    )
    return statuses, inputs


_ON_SQLITE, _ON_POSTGRES = _tables(None), _tables(SCHEMA)


def tables(dialect: str) -> tuple[Table, Table]:
    """The statuses, and what each job was given."""
    return _ON_POSTGRES if dialect == "postgresql" else _ON_SQLITE


def state_of(status: str, attempts: int | None) -> State:
    """`attempts` are those of the job's trouble: a job that was held had none."""
    if status in STOPPED:
        return State.HELD if attempts == 0 else State.FAILED
    return STATES.get(status, State.FAILED)


def is_in(statuses: Table, states: tuple[State, ...]) -> ColumnElement[bool]:
    """SQL: the job is in one of these states; JobTrouble is joined, perhaps empty."""
    return or_(*(_is(statuses.c.status, state) for state in states))


def _is(status: Any, state: State) -> ColumnElement[bool]:
    stopped = status.in_(STOPPED)
    if state is State.HELD:
        return and_(stopped, JobTrouble.attempts == 0)
    if state is State.FAILED:
        return and_(stopped, or_(JobTrouble.attempts.is_(None), JobTrouble.attempts > 0))
    found: ColumnElement[bool] = status.in_(STATUSES[state])
    return found
