"""One word about this process, for whoever asks: nobody learns more."""

import threading
import time
from enum import StrEnum

import structlog

from concord.installation import Installation
from concord.watching.looks import Finding, Look, disk, jobs, looked, migrations, realtime, room

FRESH = 1.0
"""Seconds for which a word stands: whoever asks more often costs nothing."""

# Without these nothing can be served; without the others something comes later than it should.
NEEDED: tuple[Look, ...] = (migrations, disk)
WANTED: tuple[Look, ...] = (room, jobs, realtime)

log = structlog.get_logger("concord.watching")


class Word(StrEnum):
    READY = "ready"
    DEGRADED = "degraded"
    UNREADY = "unready"


class Readiness:
    """The word of one process. Why it is not `ready` is in the log, once for each change."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._lock = threading.Lock()
        self._word, self._until = Word.READY, 0.0

    def word(self) -> Word:
        with self._lock:
            if time.monotonic() >= self._until:
                self._look()
                self._until = time.monotonic() + FRESH
            return self._word

    def _look(self) -> None:
        needed = self._missed(NEEDED)
        missed = needed or self._missed(WANTED)
        word = Word.UNREADY if needed else Word.DEGRADED if missed else Word.READY
        if word is not self._word:
            why = {finding.subject: finding.said for finding in missed}
            log.warning("readiness", word=word.value, why=why)
        self._word = word

    def _missed(self, looks: tuple[Look, ...]) -> list[Finding]:
        found = [(look, looked(look, self._installation)) for look in looks]
        return [finding for look, finding in found if _is_amiss(look, finding)]


def _is_amiss(look: Look, finding: Finding) -> bool:
    """Nothing to look at is well, but for workers: without any, no job runs."""
    return finding.well is False or (finding.well is None and look is jobs)
