"""Beside the jobs: this process shows that it lives, takes up what a silent one left, and minds
the clock.
"""

import threading
import time
from collections.abc import Sequence
from datetime import timedelta

import structlog
from dbos import DBOS
from sqlalchemy import ColumnElement, delete, exists, not_
from sqlalchemy.orm import Session

from concord.clock import now
from concord.database.engine import Database
from concord.installation import Installation, using
from concord.jobs.executors import BEAT, SILENCE, beat, beats_of_all, leave
from concord.jobs.models import JobMark, JobTrouble
from concord.jobs.schedules import schedules_of
from concord.jobs.slots import ask_for_due, forget
from concord.jobs.statuses import tables

KEPT = timedelta(days=30)
KEPT_BY_THE_CLOCK = timedelta(days=1)
TIDY = 3600.0
BATCH = 500

log = structlog.get_logger()


class Sweeper(threading.Thread):
    """One thread of a worker. A failure of the database is waited out, never the end of it."""

    def __init__(self, installation: Installation, name: str) -> None:
        super().__init__(name="concord-sweeper", daemon=True)
        self._installation = installation
        self._database = installation.database
        self._executor = name
        self._heard: dict[str, tuple[int, int]] = {}
        self._tidied = time.monotonic()
        self._stopping = threading.Event()

    def stop(self) -> None:
        self._stopping.set()
        self.join(timeout=BEAT)

    def run(self) -> None:
        while not self._stopping.wait(BEAT):
            try:
                beat(self._database, self._executor)
                self.sweep()
                self.ask_for_due()
                self._tidy_now_and_then()
            except Exception:
                log.warning("sweep_failed", exc_info=True)

    def sweep(self) -> None:
        """Queue the jobs of executors that left, or have been silent for too long."""
        pending = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
        executors = {str(job.executor_id) for job in pending} - {self._executor}
        beats = beats_of_all(self._database)
        for name in executors:
            if self._silent(name, beats.get(name)):
                log.warning("executor_silent", executor=name)
                DBOS._recover_pending_workflows([name])
                leave(self._database, name)

    def ask_for_due(self) -> None:
        """Ask for what the clock wants now."""
        with using(self._installation):
            for name in ask_for_due(self._installation):
                log.info("schedule_due", schedule=name)

    def _silent(self, name: str, beats: int | None) -> bool:
        """Judged by how often this process has looked since the beats it last heard changed: while
        the database is away nobody can beat, and nobody looks either.
        """
        if beats is None:
            return True
        heard, looks = self._heard.get(name, (None, 0))
        looks = looks + 1 if heard == beats else 0
        self._heard[name] = (beats, looks)
        return looks > 0 and looks * BEAT >= SILENCE

    def _tidy_now_and_then(self) -> None:
        if time.monotonic() - self._tidied < TIDY:
            return
        self._tidied = time.monotonic()
        tidy(self._database, [item.name for item in schedules_of(self._installation)])


def tidy(database: Database, by_the_clock: Sequence[str] = ()) -> None:
    """Forget what was done more than 30 days ago, or a day where it comes round by the clock.

    Jobs that failed stay until someone looks.
    """
    limit = now() - KEPT
    while _forget_done(limit.isoformat()) == BATCH:
        pass
    if by_the_clock:
        while _forget_done((now() - KEPT_BY_THE_CLOCK).isoformat(), by_the_clock) == BATCH:
            pass
    with database.writing() as session:
        session.execute(delete(JobMark).where(JobMark.made_at < limit))
        session.execute(delete(JobTrouble).where(JobTrouble.failed_at < limit, _is_gone(session)))
        forget(session, now())
        session.commit()


def _is_gone(session: Session) -> ColumnElement[bool]:
    """SQL: the job itself is forgotten."""
    statuses, _inputs = tables(session.get_bind().dialect.name)
    known = exists().where(statuses.c.workflow_uuid == JobTrouble.job_id)
    return not_(known)


def _forget_done(before: str, names: Sequence[str] | None = None) -> int:
    done = DBOS.list_workflows(
        name=None if names is None else list(names),
        status=["SUCCESS", "CANCELLED"],
        completed_before=before,
        limit=BATCH,
        load_input=False,
        load_output=False,
    )
    DBOS.delete_workflows([job.workflow_id for job in done])
    return len(done)
