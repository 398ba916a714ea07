"""What waits, runs, has failed, is held and was done: read from DBOS's table and our own notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import Row, Select, Table, or_, select
from sqlalchemy.orm import Session

from concord.database.engine import Database
from concord.database.paging import LIMIT as PAGE
from concord.database.paging import Page, page_of_rows
from concord.errors import NotFound
from concord.jobs.models import JobTrouble
from concord.jobs.statuses import UNFINISHED, State, is_in, state_of, tables

LIMIT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A job as an administrator sees it. `attempts` counts how often it was begun."""

    id: str
    name: str
    state: State
    ids: tuple[int, ...]
    since: datetime
    attempts: int
    error: str | None
    queue: str | None
    worker: str | None
    started_at: datetime | None
    ended_at: datetime | None
    next_at: datetime | None


def unfinished(database: Database, states: Sequence[State] = UNFINISHED) -> list[Listed]:
    """The oldest hundred that are not done."""
    with database.reading() as session:
        statuses, _inputs = tables(_dialect(session))
        query = _jobs(session, tuple(states)).order_by(
            statuses.c.created_at, statuses.c.workflow_uuid
        )
        return [_listed(row) for row in session.execute(query.limit(LIMIT))]


def jobs(
    session: Session,
    *,
    states: Sequence[State] = (),
    names: Sequence[str] | None = None,
    quiet: Sequence[str] = (),
    limit: int = PAGE,
    cursor: str | None = None,
) -> Page[Listed]:
    """A page, the newest first; of some states and some names only, where they are given.

    Of `quiet` names those that are done are left out: what comes round every minute hides the rest.
    """
    statuses, _inputs = tables(_dialect(session))
    query = _jobs(session, tuple(states))
    if names is not None:
        query = query.where(statuses.c.name.in_(names))
    if quiet:
        query = query.where(or_(statuses.c.name.not_in(quiet), statuses.c.status != "SUCCESS"))
    order = (statuses.c.created_at.desc(), statuses.c.workflow_uuid.desc())
    found = page_of_rows(session, query, order=order, limit=limit, cursor=cursor)
    return Page([_listed(row) for row in found.items], found.next)


def job(session: Session, job_id: str) -> Listed:
    """One of them; NotFound where there is none."""
    statuses, _inputs = tables(_dialect(session))
    row = session.execute(_jobs(session).where(statuses.c.workflow_uuid == job_id)).first()
    if row is None:
        raise NotFound
    return _listed(row)


def jobs_by_id(session: Session, job_ids: Sequence[str]) -> dict[str, Listed]:
    """Those of them that are remembered."""
    statuses, _inputs = tables(_dialect(session))
    query = _jobs(session).where(statuses.c.workflow_uuid.in_(job_ids))
    return {row.workflow_uuid: _listed(row) for row in session.execute(query)}


def names_of(session: Session) -> list[str]:
    """The names of all jobs that there are."""
    statuses, _inputs = tables(_dialect(session))
    return [name for name in session.scalars(select(statuses.c.name).distinct()) if name]


def _jobs(session: Session, states: tuple[State, ...] = ()) -> Select[Any]:
    statuses, inputs = tables(_dialect(session))
    query = _columns(statuses, inputs)
    return query.where(is_in(statuses, states)) if states else query


def _columns(statuses: Table, inputs: Table) -> Select[Any]:
    joined = statuses.outerjoin(JobTrouble, JobTrouble.job_id == statuses.c.workflow_uuid)
    joined = joined.outerjoin(inputs, inputs.c.workflow_uuid == statuses.c.workflow_uuid)
    return select(
        *statuses.c, inputs.c.inputs, JobTrouble.attempts, JobTrouble.error, JobTrouble.next_at
    ).select_from(joined)


def _listed(row: Row[Any]) -> Listed:
    state = state_of(row.status, row.attempts)
    begun = 1 if row.started_at_epoch_ms and state is not State.HELD else 0
    return Listed(
        id=row.workflow_uuid,
        name=row.name or "",
        state=state,
        ids=_ids(row.inputs),
        since=_moment(row.created_at) or datetime.fromtimestamp(0, UTC),
        attempts=(row.attempts or begun) + (state is State.DONE and bool(row.attempts)),
        error=row.error or None,
        queue=row.queue_name,
        worker=row.executor_id,
        started_at=_moment(row.started_at_epoch_ms),
        ended_at=_moment(row.completed_at),
        next_at=row.next_at if state is State.RUNNING else _moment(row.delay_until_epoch_ms)
        if state is State.WAITING
        else None,
    )  # fmt: skip


def _ids(inputs: str | None) -> tuple[int, ...]:
    """What cannot be read is nothing: somebody else may have written it."""
    try:
        given = orjson.loads(inputs or "")["positionalArgs"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return ()
    return tuple(given) if isinstance(given, list) else ()


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC)


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name
