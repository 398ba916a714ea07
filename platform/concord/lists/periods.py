"""Days in words: today, last week, next quarter; read in somebody's time zone, when asked."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from concord.clock import today as today_in

A_DAY = timedelta(days=1)
MOST_DAYS = 36_500
EARLIEST, LATEST = date(1, 1, 3), date(9999, 12, 28)

PERIODS: dict[str, LazyString] = {
    "today": _l("today"),
    "yesterday": _l("yesterday"),
    "tomorrow": _l("tomorrow"),
    "this_week": _l("this week"),
    "last_week": _l("last week"),
    "next_week": _l("next week"),
    "this_month": _l("this month"),
    "last_month": _l("last month"),
    "next_month": _l("next month"),
    "this_quarter": _l("this quarter"),
    "last_quarter": _l("last quarter"),
    "next_quarter": _l("next quarter"),
    "this_year": _l("this year"),
    "last_year": _l("last year"),
    "next_year": _l("next year"),
}
STEPS = {"last": -1, "this": 0, "next": 1}
DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def span(text: str, timezone: str) -> tuple[date, date]:
    """The first day of what `text` names, and the day after its last. ValueError for nonsense."""
    today = today_in(timezone)
    if text in DAYS:
        first = today + DAYS[text] * A_DAY
        return first, first + A_DAY
    if text not in PERIODS:
        return _a_day(text)
    which, _underline, unit = text.partition("_")
    if unit == "week":
        first = today + (7 * STEPS[which] - today.weekday()) * A_DAY
        return first, first + 7 * A_DAY
    length = MONTHS[unit]
    month = today.year * 12 + (today.month - 1) // length * length + STEPS[which] * length
    return _month(month), _month(month + length)


def around(timezone: str, *, back: int = 0, ahead: int = 0) -> tuple[date, date]:
    """Today with the days before or after it, as first day and day after the last."""
    today = today_in(timezone)
    return today - back * A_DAY, today + (ahead + 1) * A_DAY


def begin(day: date, timezone: str) -> datetime:
    """The moment at which a day begins for whoever lives there."""
    return datetime.combine(day, time(), ZoneInfo(timezone)).astimezone(UTC)


def days(text: str) -> int:
    """A number of days, from 0; ValueError for anything else."""
    if not (text.isascii() and text.isdecimal()) or int(text[:9]) > MOST_DAYS:
        raise ValueError(_("Write a number of days, up to %(most)s.", most=MOST_DAYS))
    return int(text[:9])


def _a_day(text: str) -> tuple[date, date]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= LATEST:
        raise ValueError(_("Choose a day, or write one as YYYY-MM-DD."))
    return day, day + A_DAY


def _month(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)
