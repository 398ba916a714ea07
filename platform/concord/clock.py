"""The one clock: aware times in UTC, days in somebody's time zone."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

# Moments that have a day in every time zone there is: with the last ones, half the world has none.
FIRST = datetime(1, 1, 3, tzinfo=UTC)
LAST = datetime(9999, 12, 30, tzinfo=UTC)

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC, to the microsecond."""
    return _told.get() or datetime.now(UTC)


def is_showable(moment: datetime) -> bool:
    """Whether every reader can be told of `moment`, wherever they live."""
    return FIRST <= moment <= LAST


def today(timezone: str) -> date:
    """The calendar day it is now in `timezone` (an IANA name)."""
    return now().astimezone(ZoneInfo(timezone)).date()


@contextmanager
def telling(moment: datetime) -> Iterator[None]:
    """Let `now()` answer `moment` inside the block: a story is told as of when it happened."""
    token = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)
