"""Things that take a moment."""

import time
from collections.abc import Callable

PATIENCE = 60.0


def eventually(holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait until it holds; a test that waits in vain fails."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"it never came to be in {seconds:.0f} s"
        time.sleep(0.05)
