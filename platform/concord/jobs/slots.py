"""Slots of schedules: each is a row that one worker writes, together with the job it asks for."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from concord.clock import now
from concord.database.engine import Database
from concord.installation import Installation
from concord.jobs.holding import is_held
from concord.jobs.job import Job, enqueue
from concord.jobs.models import ScheduleSlot
from concord.jobs.schedules import Daily, Schedule, schedules_of
from concord.jobs.statuses import STATUSES, State, tables

KEPT = timedelta(days=30)
ACTIVE = (*STATUSES[State.WAITING], *STATUSES[State.RUNNING])


def job_of(schedule: Schedule) -> Job:
    """The durable job that a slot asks for; its one id is that of the slot."""
    return Job(
        name=schedule.name,
        run=partial(_run, schedule),
        label=schedule.label,
        retries=schedule.retries,
    )


def ask_for_due(installation: Installation) -> list[str]:
    """Ask for every schedule whose slot nobody has asked for; gives their names.

    Looks without writing first: mostly there is nothing to do.
    """
    moment, zone = now(), installation.settings.timezone
    offered = schedules_of(installation)
    with installation.database.reading() as session:
        latest = latest_of(session, [schedule.name for schedule in offered])
    return [
        schedule.name
        for schedule in offered
        if _is_due(latest.get(schedule.name), schedule.slot(moment, zone))
        and _ask(installation.database, schedule, schedule.slot(moment, zone))
    ]


def run_now(session: Session, schedule: Schedule) -> str | None:
    """Ask for one run besides the slots; None where one already waits or runs."""
    last = latest_of(session, [schedule.name]).get(schedule.name)
    if last is not None and _is_active(session, last):
        return None
    return _written(session, schedule, now())


def latest_of(session: Session, names: Iterable[str]) -> dict[str, ScheduleSlot]:
    """By schedule, the last slot that was asked for."""
    latest = (
        select(func.max(ScheduleSlot.id))
        .where(ScheduleSlot.name.in_(list(names)))
        .group_by(ScheduleSlot.name)
    )
    found = session.scalars(select(ScheduleSlot).where(ScheduleSlot.id.in_(latest)))
    return {slot.name: slot for slot in found}


def forget(session: Session, moment: datetime) -> None:
    """Remove the slots of long ago; the last one of each schedule stays."""
    last = select(func.max(ScheduleSlot.id)).group_by(ScheduleSlot.name)
    old = ScheduleSlot.slot_at < moment - KEPT
    session.execute(delete(ScheduleSlot).where(old, ScheduleSlot.id.not_in(last)))


def _is_due(last: ScheduleSlot | None, slot_at: datetime) -> bool:
    return last is None or last.slot_at < slot_at


def _ask(database: Database, schedule: Schedule, slot_at: datetime) -> bool:
    """Whether this worker was the one; the slot's row is unique, whoever comes second writes none.

    While the last run still waits or works, its slot goes on.
    """
    with database.writing() as session:
        last = latest_of(session, [schedule.name]).get(schedule.name)
        if not _is_due(last, slot_at) or is_held(session, schedule.name):
            return False
        if last is not None and _is_active(session, last):
            return False
        # What is to happen at three at night does not happen when the house is opened at noon.
        is_first = last is None and isinstance(schedule.every, Daily)
        asked = _written(session, schedule, slot_at, with_job=not is_first)
        session.commit()
    return asked is not None and not is_first


def _written(
    session: Session, schedule: Schedule, slot_at: datetime, *, with_job: bool = True
) -> str | None:
    on_postgres = session.get_bind().dialect.name == "postgresql"
    insert = (postgresql.insert if on_postgres else sqlite.insert)(ScheduleSlot)
    row = insert.values(name=schedule.name, slot_at=slot_at, asked_at=now())
    slot_id = session.scalar(row.on_conflict_do_nothing().returning(ScheduleSlot.id))
    if slot_id is None:
        return None
    job_id = enqueue(session, job_of(schedule), slot_id) if with_job else ""
    session.get_one(ScheduleSlot, slot_id).job_id = job_id
    session.flush()
    return job_id


def _is_active(session: Session, slot: ScheduleSlot) -> bool:
    """Whether the slot's job waits or runs; one that failed or was held does not count."""
    if slot.ended_at is not None or not slot.job_id:
        return False
    statuses, _inputs = tables(session.get_bind().dialect.name)
    found = select(statuses.c.status).where(statuses.c.workflow_uuid == slot.job_id)
    return session.scalar(found) in ACTIVE


def _run(schedule: Schedule, session: Session, slot_id: int) -> None:
    schedule.run(session, now())
    slot = session.get(ScheduleSlot, slot_id)
    if slot is not None:
        slot.ended_at = now()
