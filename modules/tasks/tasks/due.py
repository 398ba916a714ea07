"""When something is due: a moment, or a day as people mean it where they live."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from concord.actors import Actor
from concord.clock import is_showable, now, today
from concord.errors import Invalid
from modules.tasks.tasks.models import is_late

LAST_SECOND = time(23, 59, 59)
A_DAY = timedelta(days=1)
SOON = 7 * A_DAY


class When(StrEnum):
    """The groups of a list, in their order."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    NO_DATE = "none"


def moments(due: date | datetime | None, actor: Actor) -> dict[str, date | datetime | None]:
    """A day or a moment as the columns of a task; a day ends when it ends for `actor`."""
    if due is None:
        return {"due_at": None, "due_on": None}
    day = None if isinstance(due, datetime) else due
    moment = due if isinstance(due, datetime) else end_of(due, actor.timezone)
    if not is_showable(moment):
        raise Invalid({"due_on": [_("Check the year of this date.")]})
    return {"due_at": moment.astimezone(UTC), "due_on": day}


def end_of(day: date, timezone: str) -> datetime:
    return datetime.combine(day, LAST_SECOND, ZoneInfo(timezone))


def when(due_at: datetime | None, due_on: date | None, timezone: str) -> When:
    """In which group a reader in `timezone` looks for an open task."""
    if due_at is None:
        return When.NO_DATE
    if is_late(due_at, due_on, timezone):
        return When.OVERDUE
    present = today(timezone)
    day = due_on or due_at.astimezone(ZoneInfo(timezone)).date()
    if day <= present:
        return When.TODAY
    return When.SOON if day <= present + SOON else When.LATER


def days_late(due_at: datetime, due_on: date | None, timezone: str) -> int:
    """Full calendar days since it was due; 0 while it was due earlier today."""
    day = due_on or due_at.astimezone(ZoneInfo(timezone)).date()
    return (today(timezone) - day).days


def start_of_today(timezone: str) -> datetime:
    return now().astimezone(ZoneInfo(timezone)).replace(hour=0, minute=0, second=0, microsecond=0)
