"""Things that take a moment."""

import time
from collections.abc import Callable

PATIENCE = 30.0


def eventually(
    holds: Callable[[], bool], seconds: float = PATIENCE, why: str = "it never came to be"
) -> None:
    """Wait until it holds; a test that waits in vain fails, and says why."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, why
        time.sleep(0.05)
