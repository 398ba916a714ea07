"""The calendar of the story: it counts in working days, so nobody at Beacon works on a Sunday."""

from datetime import date, timedelta
from functools import cache

from babel.dates import format_date

SATURDAY = 5
LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN"}
FORMS = {
    "day": {"en": "d MMMM", "zh": "M月d日"},
    "weekday": {"en": "EEEE", "zh": "EEE"},
    "month": {"en": "MMMM", "zh": "M月"},
    "quarter": {"en": "QQQ", "zh": "QQQQ"},
}
"""12 December, Thursday, December, Q4; 12月12日, 周四, 12月, 第四季度."""


@cache
def working_day(today: date, distance: int) -> date:
    """The day that many working days after `today`, or before it where `distance` is negative.

    0 is today itself, whatever day it is.
    """
    step = timedelta(days=1 if distance > 0 else -1)
    day, left = today, abs(distance)
    while left:
        day += step
        left -= day.weekday() < SATURDAY
    return day


def said(form: str, day: date, language: str) -> str:
    """A day as people say it, in one of the FORMS."""
    return format_date(day, FORMS[form][language], locale=LOCALES[language])
