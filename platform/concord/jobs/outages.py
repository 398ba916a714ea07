"""Work that waits while the database is away, instead of failing."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

import structlog

from concord.database.away import is_away, is_lost

Answer = TypeVar("Answer")

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 15.0
LOSSES = 5
"""How often the same work may lose its connection: it may be what takes the database down."""

log = structlog.get_logger()


def through_outages(work: Callable[[], Answer]) -> Answer:
    """What `work` gives. While the database is away it is begun again, after pauses that grow."""
    pause, losses = FIRST_PAUSE, 0
    while True:
        try:
            return work()
        except Exception as error:
            losses += is_lost(error)
            if not is_away(error) or losses > LOSSES:
                raise
            log.warning("database_away", error=type(error).__name__, again_in=pause)
        # Not all at once when it is back.
        time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311
        pause = min(2 * pause, LONGEST_PAUSE)
