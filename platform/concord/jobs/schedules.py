"""Work that comes round by the clock: what it is, and in which slot of time a moment lies."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from flask_babel import LazyString
from sqlalchemy.orm import Session

from concord.jobs.job import Retries

if TYPE_CHECKING:
    from concord.installation import Installation

START = datetime(1970, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day at this time of the installation's time zone."""

    at: time


Rhythm: TypeAlias = timedelta | Daily


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """`run(session, moment)` once in each slot of `every`, however many workers there are.

    A schedule runs as a durable job of this `name` (`module.verb`): one transaction, tried again
    when it fails, `moment` being when it runs. What waits for somebody outside is enqueued there
    as an errand. Slots that nobody worked in are made up for by the last of them, once.
    """

    name: str
    every: Rhythm
    run: Callable[[Session, datetime], object]
    label: LazyString | None = None
    retries: Retries = field(default_factory=Retries)

    def slot(self, moment: datetime, timezone: str) -> datetime:
        """When the slot began in which `moment` lies."""
        if isinstance(self.every, timedelta):
            return moment - (moment - START) % self.every
        at = self._on_the_day_of(moment, timezone)
        return at if at <= moment else self._on_the_day_of(moment - DAY, timezone)

    def following(self, moment: datetime, timezone: str) -> datetime:
        """When the next slot begins."""
        if isinstance(self.every, timedelta):
            return self.slot(moment, timezone) + self.every
        at = self._on_the_day_of(moment, timezone)
        return at if at > moment else self._on_the_day_of(moment + DAY, timezone)

    def _on_the_day_of(self, moment: datetime, timezone: str) -> datetime:
        assert isinstance(self.every, Daily)
        zone = ZoneInfo(timezone)
        day = moment.astimezone(zone).date()
        return datetime.combine(day, self.every.at, zone).astimezone(UTC)


def schedules_of(installation: "Installation") -> list[Schedule]:
    """Those of all modules, by name."""
    found = (schedule for module in installation.modules for schedule in module.schedules)
    return sorted(found, key=lambda schedule: schedule.name)
