"""When a person is left in peace, and when the digest comes: always on their own clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from concord.notifications.models import Hours

DIGEST_AT = 8 * 60 + 30
NEVER_QUIET: tuple[None, ...] = (None,) * 7
MINUTES = 24 * 60
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """One person's hours: `quiet` as in `Hours`."""

    timezone: str
    digest_at: int = DIGEST_AT
    quiet: Sequence[Sequence[int] | None] = NEVER_QUIET

    def quiet_until(self, moment: datetime) -> datetime | None:
        """The end of the quiet that `moment` lies in, or None where it may be told now.

        Quiet that begins where another ends goes on: Saturday's into Sunday's.
        """
        end = None
        for _step in range(8):
            following = self._end_of_quiet(end or moment)
            if following is None:
                return end
            end = following
        return end

    def digest_day(self, moment: datetime) -> date | None:
        """The day whose digest is due at `moment`; None before the hour has come."""
        local = moment.astimezone(self._zone)
        return local.date() if local.hour * 60 + local.minute >= self.digest_at else None

    def _end_of_quiet(self, moment: datetime) -> datetime | None:
        day = moment.astimezone(self._zone).date()
        for start in (day - A_DAY, day):
            hours = self.quiet[start.weekday()]
            if hours is None:
                continue
            begin, until = hours
            ends_on = start if until > begin else start + A_DAY
            begins, ends = self._at(start, begin), self._at(ends_on, until)
            if begins <= moment < ends:
                return ends
        return None

    def _at(self, day: date, minutes: int) -> datetime:
        return datetime.combine(day, time(minutes // 60, minutes % 60), self._zone)

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def clock_of(session: Session, user_id: int, timezone: str) -> Clock:
    hours = session.get(Hours, user_id)
    return Clock(timezone) if hours is None else Clock(timezone, hours.digest_at, hours.quiet)


def keep_clock(session: Session, user_id: int, **values: Any) -> None:
    """Change `digest_at` or `quiet`; both are checked by whoever reads them in."""
    hours = session.get(Hours, user_id)
    if hours is None:
        hours = Hours(user_id=user_id, digest_at=DIGEST_AT, quiet=list(NEVER_QUIET))
        session.add(hours)
    for name, value in values.items():
        setattr(hours, name, value)


def as_time(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def as_minutes(text: str) -> int:
    """The minute of the day that `8:30` means; ValueError for anything else."""
    hour, colon, minute = text.strip().partition(":")
    if not (colon and hour.isdecimal() and minute.isdecimal() and len(hour) <= 2 == len(minute)):
        raise ValueError(text)
    found = time(int(hour), int(minute))
    return found.hour * 60 + found.minute
