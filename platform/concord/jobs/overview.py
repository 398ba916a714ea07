"""Schedules as an administrator sees them: when each ran and how, and when it comes round."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from concord.clock import now
from concord.errors import NotFound
from concord.installation import Installation
from concord.jobs.holding import EVERYTHING, holds
from concord.jobs.listing import Listed, jobs_by_id
from concord.jobs.models import ScheduleSlot
from concord.jobs.schedules import Schedule, schedules_of
from concord.jobs.slots import latest_of


@dataclass(frozen=True, slots=True)
class Coming:
    """A schedule with its last slot; `job` is what the slot asked for, while it is remembered."""

    schedule: Schedule
    last: ScheduleSlot | None
    job: Listed | None
    next_at: datetime | None

    @property
    def name(self) -> str:
        return self.schedule.name

    @property
    def last_at(self) -> datetime | None:
        """When it last ran to its end, or was last asked for."""
        if self.last is None or not self.last.job_id:
            return None
        return self.last.ended_at or self.last.asked_at


def coming(session: Session, installation: Installation) -> list[Coming]:
    """Every schedule; held ones have no next time."""
    offered = schedules_of(installation)
    latest = latest_of(session, [schedule.name for schedule in offered])
    found = jobs_by_id(session, [slot.job_id for slot in latest.values() if slot.job_id])
    held, moment, zone = holds(session), now(), installation.settings.timezone
    return [
        Coming(
            schedule,
            last := latest.get(schedule.name),
            found.get(last.job_id) if last else None,
            None if {EVERYTHING, schedule.name} & held.keys() else schedule.following(moment, zone),
        )
        for schedule in offered
    ]


def schedule_named(installation: Installation, name: str) -> Schedule:
    for schedule in schedules_of(installation):
        if schedule.name == name:
            return schedule
    raise NotFound
