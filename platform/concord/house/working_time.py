"""When the organisation works: hours of each weekday, holidays and the days made up for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord import organisation
from concord.house.models import CalendarDay
from concord.organisation import Hours

DAY = timedelta(days=1)
FARTHEST = 3660
"""Days that are looked through before it is said that nobody works any more."""


class NeverWorked(ValueError):
    """No working time within ten years: the calendar has none."""


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """The week, Monday first (None is a day off), the days that differ, and where that is so."""

    week: tuple[Hours | None, ...]
    days: Mapping[date, Hours | None]
    zone: ZoneInfo

    def hours(self, day: date) -> tuple[datetime, datetime] | None:
        """From when to when one works on a day, in UTC; None on a day off."""
        hours = self.days[day] if day in self.days else self.week[day.weekday()]
        if hours is None:
            return None
        return self._moment(day, hours.begins), self._moment(day, hours.ends)

    def is_working(self, moment: datetime) -> bool:
        hours = self.hours(moment.astimezone(self.zone).date())
        return hours is not None and hours[0] <= moment < hours[1]

    def add(self, start: datetime, duration: timedelta) -> datetime:
        """The moment at which `duration` of working time has passed since `start`, in UTC.

        Raises NeverWorked where the calendar has no such time.
        """
        left, day = duration, start.astimezone(self.zone).date()
        for _ in range(FARTHEST):
            if (hours := self.hours(day)) is not None:
                begins, ends = max(hours[0], start), hours[1]
                if ends - begins >= left and begins < ends:
                    return begins + left
                left -= max(ends - begins, timedelta())
            day += DAY
        raise NeverWorked("there is no working time in this calendar")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much of the time from `start` to `end` is working time; nothing if it runs back."""
        total, day = timedelta(), start.astimezone(self.zone).date()
        last = end.astimezone(self.zone).date()
        while day <= last:
            if (hours := self.hours(day)) is not None:
                total += max(min(hours[1], end) - max(hours[0], start), timedelta())
            day += DAY
        return total

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)


def working_time(session: Session) -> WorkingTime:
    """The organisation's own."""
    house = organisation.current()
    rows = session.scalars(select(CalendarDay))
    days = {row.day: _hours(row) for row in rows}
    return WorkingTime(house.week, days, ZoneInfo(house.timezone))


def add_working_time(session: Session, start: datetime, duration: timedelta) -> datetime:
    """When `duration` of the organisation's working time has passed since `start`."""
    return working_time(session).add(start, duration)


def _hours(row: CalendarDay) -> Hours | None:
    if row.begins is None or row.ends is None:
        return None
    return Hours(row.begins, row.ends)
