"""Jobs only."""

import os
import signal
import threading
from collections.abc import Callable

from concord.installation import Installation
from concord.jobs.worker import Worker
from concord.serving.program import keep_what_is_loaded
from concord.watching import outward
from concord.watching.listener import listen

PATIENCE = 20


def serve(
    installation: Installation, name: str, *, ready: Callable[[], None] = lambda: None
) -> None:
    """Run jobs until told to end."""
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    outward_end = outward.start(installation.settings, "worker")
    worker = Worker(installation, name)
    worker.start()
    listen(installation.app, installation.settings.metrics_port)
    keep_what_is_loaded()
    ready()
    told.wait()
    # A database that is away, or a job that still waits for somebody, would hold the process up:
    # what it leaves undone starts again elsewhere.
    ending = threading.Thread(target=worker.stop, args=(PATIENCE,), daemon=True)
    ending.start()
    ending.join(PATIENCE + 5)
    outward_end()
    os._exit(0)
