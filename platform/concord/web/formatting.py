"""Dates, numbers and names as each reader writes them: one format per language."""

from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal
from flask_babel import gettext as _
from flask_babel import ngettext

from concord.clock import now
from concord.web.i18n import LOCALES, language, timezone

HUES = 24
HUE_STEP = 7
MINUTE, HOUR = 60, 3600
SHORT = {"zh": "M月d日", "en": "d MMM"}
WITH_YEAR = {"zh": "y年M月d日", "en": "d MMM y"}
UNITS = ("B", "KB", "MB", "GB")


def day_label(value: datetime | date) -> str:
    """Today, yesterday, else the day; the year only where it is another one."""
    zone = _zone()
    day, today = _day(value, zone), _day(now(), zone)
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    if day == today + timedelta(days=1):
        return _("Tomorrow")
    return _short(_language(), day, today)


def short_date(value: datetime | date | None) -> str:
    """24 Nov, 11月24日; with the year where it is not this one."""
    if value is None:
        return ""
    zone = _zone()
    return _short(_language(), _day(value, zone), _day(now(), zone))


def short_date_in(spoken: str, day: date) -> str:
    """The same for a reader of a language, who need not be the one who asks."""
    return _short(spoken, day, now().date())


def month_name(value: date) -> str:
    """November 2026, 2026年11月."""
    pattern = {"zh": "y年M月", "en": "MMMM y"}[_language()]
    return _dated(value, pattern, _locale())


def weekday(value: date) -> str:
    """Mon, 周一."""
    return _dated(value, "EEE", _locale())


def clock_time(value: datetime) -> str:
    return f"{_local(value):%H:%M}"


def moment(value: datetime) -> str:
    """A day and a time, for titles and lists."""
    return f"{day_label(value)} {clock_time(value)}"


def full_moment(value: datetime) -> str:
    return format_datetime(_local(value), "medium", locale=_locale())


def ago(value: datetime) -> str:
    """How long ago, in as few words as possible; beyond two days, the day."""
    seconds = (now() - value).total_seconds()
    if seconds < MINUTE:
        return _("now")
    if seconds < HOUR:
        minutes = int(seconds // MINUTE)
        return ngettext("%(num)s min", "%(num)s min", minutes)
    if _day(value, zone := _zone()) == _day(now(), zone):
        return clock_time(value)
    return day_label(value)


def number(value: int | float | Decimal | None) -> str:
    return "" if value is None else _decimal(value, _locale())


def money(value: Decimal | None, currency: str) -> str:
    """An amount with its currency's sign, decimals only where there are any."""
    if value is None:
        return ""
    whole = value == value.to_integral_value()
    pattern = "¤#,##0" if whole else None
    return _amount(value, currency, pattern, _locale())


def filesize(value: int) -> str:
    """482 KB, 1.2 MB: one decimal only where the number is small."""
    size, unit = float(value), 0
    while size >= 1024 and unit < len(UNITS) - 1:
        size, unit = size / 1024, unit + 1
    shown = round(size, 1) if unit and size < 10 else round(size)
    return f"{_decimal(shown, _locale())} {UNITS[unit]}"


def initials(name: str) -> str:
    """Two letters of a Latin name, the last two characters of a Chinese one."""
    name = name.strip()
    if not name:
        return "?"
    if not name[0].isascii() and name[0] >= "⺀":
        return name[-2:] if len(name) < 4 else name[:2]
    parts = [part for part in name.replace("·", " ").split() if part]
    letters = parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")
    return letters.upper()


def hue(value: int | str | None) -> str:
    """The class of a person's or company's colour: the same one everywhere."""
    seed = sum(value.encode()) if isinstance(value, str) else int(value or 0)
    return f"h{seed * HUE_STEP % HUES}"


def _short(spoken: str, day: date, today: date) -> str:
    pattern = (SHORT if day.year == today.year else WITH_YEAR)[spoken]
    return _dated(day, pattern, LOCALES[spoken])


def _day(value: datetime | date, zone: tzinfo) -> date:
    return value.astimezone(zone).date() if isinstance(value, datetime) else value


def _local(value: datetime) -> datetime:
    return value.astimezone(_zone())


def _zone() -> tzinfo:
    return ZoneInfo(timezone())


@lru_cache(maxsize=4096)
def _dated(day: date, pattern: str, locale: str) -> str:
    """Babel takes as long for one date as for a whole line of a page, and a page has many."""
    return format_date(day, pattern, locale=locale)


def _language() -> str:
    return "zh" if language() == "zh" else "en"


def _locale() -> str:
    return LOCALES[_language()]


@lru_cache(maxsize=4096)
def _decimal(value: float | Decimal, locale: str) -> str:
    return format_decimal(value, locale=locale)


@lru_cache(maxsize=4096)
def _amount(value: Decimal, currency: str, pattern: str | None, locale: str) -> str:
    return format_currency(value, currency, pattern, locale=locale, currency_digits=not pattern)
