"""A committed job runs once, a rolled back one never, and kill -9 loses none."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import column, insert, select, table, update

from concord.actors import SYSTEM
from concord.clock import now
from concord.installation import Installation
from concord.jobs import executors
from concord.jobs.actions import run_again
from concord.jobs.client import VERSION
from concord.jobs.job import enqueue
from concord.jobs.listing import names_of, unfinished
from concord.jobs.models import Executor, JobMark
from concord.jobs.statuses import SCHEMA, State
from concord.jobs.sweeping import tidy
from concord.jobs.worker import Worker
from tests.concord.jobs.conftest import ask, is_done, on_page, working
from tests.concord.jobs.diary import HOUR, TELL, WRITE, WRITE_AFTER_THE_FIRST, WRITE_SLOWLY, write
from tests.waiting import eventually


def test_a_committed_job_runs_once_and_a_rolled_back_one_never(
    diary: Installation, worker: Worker
) -> None:
    with diary.database.writing() as session:
        enqueue(session, WRITE, 1)
        session.rollback()
    ask(diary, WRITE, 2)
    ask(diary, TELL, 3)
    eventually(lambda: is_done(diary))
    assert [on_page(diary, page) for page in (1, 2, 3)] == [0, 1, 1]


def test_a_rolled_back_transaction_leaves_no_job(diary: Installation) -> None:
    with diary.database.writing() as session:
        enqueue(session, WRITE, 1)
        session.rollback()
    assert unfinished(diary.database) == []


def test_a_job_waits_for_its_time(diary: Installation, worker: Worker) -> None:
    with diary.database.writing() as session:
        enqueue(session, WRITE, 1, delay=1.5)
        session.commit()
    time.sleep(0.8)
    assert on_page(diary, 1) == 0
    eventually(lambda: on_page(diary, 1) == 1)


def test_a_failing_job_is_listed_and_runs_again_when_released(
    diary: Installation, worker: Worker
) -> None:
    job_id = ask(diary, WRITE_AFTER_THE_FIRST, 7)
    eventually(lambda: unfinished(diary.database, [State.FAILED]) != [])
    [failed] = unfinished(diary.database, [State.FAILED])
    assert (failed.id, failed.name, failed.ids) == (job_id, "diary.write_after_the_first", (7,))
    with diary.database.writing() as session:
        write(session, 1)
        session.commit()
    assert (failed.attempts, failed.error) == (2, "ValueError: the diary has no first page")
    assert run_again(diary.database, SYSTEM, [failed]) == 1
    eventually(lambda: is_done(diary))
    assert on_page(diary, 7) == 1


def test_a_job_whose_effect_is_there_does_nothing_when_it_starts_again(
    diary: Installation, worker: Worker
) -> None:
    with diary.database.writing() as session:
        session.execute(insert(JobMark).values(job_id=enqueue(session, WRITE, 4), made_at=now()))
        session.commit()
    eventually(lambda: is_done(diary))
    assert on_page(diary, 4) == 0


def test_the_jobs_of_an_executor_that_left_are_taken_up(diary: Installation) -> None:
    ask(diary, WRITE, 5)
    begun_by(diary, "gone")
    with working(diary) as worker:
        worker.sweeper.sweep()
        eventually(lambda: is_done(diary))
    assert on_page(diary, 5) == 1


def test_the_jobs_of_a_silent_executor_are_taken_up_and_of_a_beating_one_are_not(
    diary: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("concord.jobs.sweeping.SILENCE", 0.0)
    executors.arrive(diary.database, "other")
    ask(diary, WRITE, 5)
    begun_by(diary, "other")
    with working(diary) as worker:
        for _ in range(3):
            executors.beat(diary.database, "other")
            worker.sweeper.sweep()
        assert on_page(diary, 5) == 0
        worker.sweeper.sweep()
        eventually(lambda: is_done(diary))
    assert on_page(diary, 5) == 1


def test_nobody_was_silent_while_the_database_was_away(
    diary: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long: neither could beat, and what they run is not run by others as well."""
    executors.arrive(diary.database, "other")
    ask(diary, WRITE, 5)
    begun_by(diary, "other")
    clock = time.monotonic
    with working(diary) as worker:
        worker.sweeper.sweep()
        monkeypatch.setattr("concord.jobs.sweeping.time.monotonic", lambda: clock() + HOUR)
        worker.sweeper.sweep()
        assert "other" in executors.beats_of_all(diary.database)
    assert on_page(diary, 5) == 0


def begun_by(diary: Installation, executor: str) -> None:
    """As if `executor` had begun all jobs that wait."""
    statuses = table(
        "workflow_status",
        column("status"),
        column("executor_id"),
        column("application_version"),
        schema=None if diary.database.sqlite else SCHEMA,
    )
    begun = {"status": "PENDING", "executor_id": executor, "application_version": VERSION}
    with diary.database.writing() as session:
        session.execute(update(statuses).values(begun))
        session.commit()


def test_a_name_is_borne_by_one_living_process(
    diary: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executors, "BEAT", 0.2)
    executors.arrive(diary.database, "diarist")
    with diary.database.writing() as session:
        session.execute(update(Executor).values(host="another machine"))
        session.commit()
    executors.arrive(diary.database, "diarist")  # silent: gone
    with diary.database.writing() as session:
        session.execute(update(Executor).values(host="another machine"))
        session.commit()
    monkeypatch.setattr("time.sleep", lambda _: executors.beat(diary.database, "diarist"))
    with pytest.raises(executors.NameTaken):
        executors.arrive(diary.database, "diarist")


def test_what_was_done_long_ago_is_forgotten(
    diary: Installation, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(diary, WRITE, 1)
    eventually(lambda: is_done(diary))
    monkeypatch.setattr("concord.jobs.sweeping.KEPT", timedelta(seconds=-5))
    tidy(diary.database)
    with diary.database.reading() as session:
        assert session.scalars(select(JobMark)).all() == []


def test_what_the_clock_asked_for_is_forgotten_after_a_day(
    diary: Installation, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(diary, WRITE, 1)
    ask(diary, TELL, 2)
    eventually(lambda: is_done(diary))
    monkeypatch.setattr("concord.jobs.sweeping.KEPT_BY_THE_CLOCK", timedelta(seconds=-5))
    tidy(diary.database, [TELL.name])
    with diary.database.reading() as session:
        assert names_of(session) == [WRITE.name]


@pytest.mark.faults
def test_a_worker_killed_in_the_middle_of_a_job_finishes_it_after_restart(
    diary: Installation, tmp_path: Path
) -> None:
    """R01."""
    ask(diary, WRITE_SLOWLY, 9)
    first = start_worker(diary, tmp_path)
    eventually((tmp_path / "halted").exists)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert on_page(diary, 9) == 0
    second = start_worker(diary, tmp_path)
    try:
        eventually(lambda: is_done(diary))
        assert on_page(diary, 9) == 1
    finally:
        second.kill()
        second.wait()


def start_worker(diary: Installation, folder: Path) -> subprocess.Popen[bytes]:
    url = diary.settings.database_url
    return subprocess.Popen(
        [sys.executable, "-m", "tests.concord.jobs.diary", url, str(folder)],
        env={**os.environ, "PYTHONPATH": ".:platform", "DIARY_FOLDER": str(folder)},
    )
