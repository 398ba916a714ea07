"""How often a delivery is tried, over three days, and how long a failing webhook rests."""

import random
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)

WAITS = (
    5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR,
    24 * HOUR,
)  # fmt: skip
"""Before the second try, the third, …; after the last of them the delivery has failed."""
LONGEST_REST = 30 * MINUTE
LONGEST_WISH = 24 * HOUR
PATIENCE = timedelta(days=5)
"""A webhook that has failed for so long, without one success, is stopped."""


def following(attempts: int, moment: datetime, wish: timedelta | None = None) -> datetime | None:
    """When to try again after so many attempts, up to a fifth later by chance; None: never.

    `wish` is what the receiver asked for in Retry-After.
    """
    if attempts > len(WAITS):
        return None
    wait = WAITS[attempts - 1] * random.uniform(1.0, 1.2)  # noqa: S311 (no secret)
    return moment + max(wait, min(wish or timedelta(), LONGEST_WISH))


def rest(failures: int, moment: datetime, wish: timedelta | None = None) -> datetime:
    """Until when nothing else is tried after so many failures in a row."""
    wait = min(WAITS[min(failures, len(WAITS)) - 1], LONGEST_REST)
    return moment + max(wait, min(wish or timedelta(), LONGEST_WISH))


def wish_of(retry_after: str | None, moment: datetime) -> timedelta | None:
    """Retry-After in either of its forms; None where there is none that can be read."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdecimal():
        return timedelta(seconds=min(int(text[:9]), 10**8))
    try:
        return max(parsedate_to_datetime(text) - moment, timedelta())
    except (ValueError, TypeError):
        return None
