"""Ringing beside the requests: whoever writes never waits for whoever carries the rings."""

import threading
import time
from queue import Full, Queue

import structlog

from concord.realtime.rings import LOST, Emit, Sound

MOST_WAITING = 10_000
FAREWELL = 2.0
log = structlog.get_logger()


class Bell:
    """Sounds in their order, by a thread of their own. What does not fit is lost, which is no loss:
    readers catch up by position.
    """

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._waiting: Queue[Sound] = Queue(MOST_WAITING)
        threading.Thread(target=self._ring, name="concord-bell", daemon=True).start()

    def sound(self, sound: Sound) -> None:
        try:
            self._waiting.put_nowait(sound)
        except Full:
            LOST.inc()
            log.warning("ring_lost", room=sound.room)

    def fall_silent(self) -> None:
        """At the end of a process: what was rung goes out, unless that takes long."""
        deadline = time.monotonic() + FAREWELL
        while self._waiting.unfinished_tasks and time.monotonic() < deadline:
            time.sleep(0.01)

    def _ring(self) -> None:
        while True:
            sound = self._waiting.get()
            try:
                self._emit(sound)
            except Exception:
                LOST.inc()
                log.warning("ring_lost", room=sound.room, exc_info=True)
            self._waiting.task_done()
