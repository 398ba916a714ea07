"""What a monitor reads: how full, how late, how old; and nothing about anybody."""

import re
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import text, update

from concord.audit.sealing import SEAL_MORE
from concord.backups import latest
from concord.backups.taking import take
from concord.database.engine import Database
from concord.installation import using
from concord.jobs.job import enqueue
from concord.jobs.models import JobTrouble
from concord.jobs.statuses import tables
from concord.mail import queue
from concord.realtime.server import _emitter
from concord.timeline.actions import post
from tests.concord.watching.conftest import figures
from tests.world import World

WAITS = "concord_database_waits_total"
WAITED = "concord_database_waited_seconds_total"


def figure(world_or_text: World | str, name: str, **labels: str) -> float:
    said = world_or_text if isinstance(world_or_text, str) else figures(world_or_text)
    wanted = ",".join(f'{key}="{value}"' for key, value in labels.items())
    pattern = re.escape(f"{name}{{{wanted}}}" if wanted else name)
    found = re.search(rf"^{pattern} (\S+)$", said, re.MULTILINE)
    assert found, f"no {name} in\n{said}"
    return float(found[1])


def counted(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def marked(world: World, job_id: str, **values: object) -> None:
    with world.writing() as session:
        statuses, _inputs = tables(session.get_bind().dialect.name)
        mine = update(statuses).where(statuses.c.workflow_uuid == job_id)
        session.execute(mine.values(**values))
        session.commit()


def ask(world: World, delay: float = 0) -> str:
    with world.writing() as session:
        job_id = enqueue(session, SEAL_MORE, delay=delay)
        session.commit()
    return job_id


def test_jobs_that_wait_are_counted_and_how_long_the_first_has(any_world: World) -> None:
    before = figure(any_world, "concord_jobs_waiting", queue="concord-jobs")
    job_id = ask(any_world)
    ask(any_world, delay=3600)
    marked(any_world, job_id, created_at=int((time.time() - 7200) * 1000))
    said = figures(any_world)
    assert figure(said, "concord_jobs_waiting", queue="concord-jobs") == before + 1
    oldest = figure(said, "concord_jobs_oldest_seconds", queue="concord-jobs")
    assert oldest == pytest.approx(7200, abs=30)
    assert figure(said, "concord_jobs_oldest_seconds", queue="concord-strangers") == 0


def test_failed_jobs_are_counted_and_held_ones_are_not(any_world: World) -> None:
    before = figure(any_world, "concord_jobs_failed")
    failed, held = ask(any_world), ask(any_world)
    for job_id in (failed, held):
        marked(any_world, job_id, status="ERROR")
    with any_world.writing() as session:
        session.add(JobTrouble(job_id=failed, attempts=5, error="ValueError"))
        session.add(JobTrouble(job_id=held, attempts=0, error=""))
        session.commit()
    assert figure(any_world, "concord_jobs_failed") == before + 1


def test_mails_that_wait_are_counted(any_world: World) -> None:
    before = figure(any_world, "concord_mails_waiting")
    with any_world.writing() as session:
        queue(session, to="zhou.min@huadong.example", subject="Hello", text="A word.")
        session.commit()
    said = figures(any_world)
    assert figure(said, "concord_mails_waiting") == before + 1
    assert "zhou" not in said


def test_the_age_of_the_last_backup_is_known_once_there_is_one(
    any_world: World, tmp_path: Path
) -> None:
    assert "concord_backup_age_seconds" not in figures(any_world)
    with using(any_world.installation):
        take(any_world.installation, tmp_path / "backups")
    assert figure(any_world, "concord_backup_age_seconds") < 60
    settings = any_world.installation.settings
    latest.note(settings, datetime.now(UTC) - timedelta(hours=30))
    assert figure(any_world, "concord_backup_age_seconds") == pytest.approx(108_000, abs=60)
    (settings.data_dir / latest.FILE).write_text("no moment at all")
    assert "concord_backup_age_seconds" not in figures(any_world)


def test_a_failed_backup_is_none(world: World, tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.touch()
    with using(world.installation), pytest.raises(OSError, match="a file"):
        take(world.installation, blocked)
    assert latest.latest(world.installation.settings) is None


def test_connections_and_who_waited_for_one(any_world: World) -> None:
    said = figures(any_world)
    pool = "reading" if any_world.installation.database.sqlite else "all"
    assert figure(said, "concord_database_connections_limit", pool=pool) == 16
    assert figure(said, "concord_database_connections_used", pool=pool) <= 16
    narrow = Database(any_world.installation.settings, pool_size=1)

    def read() -> None:
        with narrow.reading() as session:
            session.execute(text("SELECT 1"))

    before, seconds = counted(WAITS, on="connection"), counted(WAITED, on="connection")
    with narrow.reading() as session:
        session.execute(text("SELECT 1"))
        other = begun(read)
    other.join()
    narrow.dispose()
    assert counted(WAITS, on="connection") == before + 1
    assert counted(WAITED, on="connection") > seconds + 0.1


def test_who_waited_for_the_other_writer(world: World) -> None:
    def write() -> None:
        with world.installation.database.writing():
            pass

    before = counted(WAITS, on="writer")
    with world.writing():
        other = begun(write)
    other.join()
    assert counted(WAITS, on="writer") == before + 1


def begun(work: Callable[[], None]) -> threading.Thread:
    """Somebody who does it at the same time, and by now waits."""
    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.2)
    return thread


def test_without_a_database_there_is_that_figure_only(world: World) -> None:
    assert figure(world, "concord_database_up") == 1
    world.installation.database.dispose()
    (world.installation.settings.data_dir / "concord.db").write_bytes(b"this is no database")
    said = figures(world)
    assert figure(said, "concord_database_up") == 0
    assert "concord_jobs_waiting" not in said


def test_the_database_is_asked_only_now_and_then(world: World) -> None:
    reader = world.installation.app.extensions["concord.figures"]
    before = reader.text()
    ask(world)
    assert b'concord_jobs_waiting{queue="concord-jobs"}' in before
    line = re.compile(rb"^concord_jobs_waiting.*$", re.MULTILINE)
    assert line.findall(reader.text()) == line.findall(before)


def test_rings_are_timed_from_the_commit(world: World) -> None:
    before = counted("concord_ring_seconds_count")
    heard: list[object] = []
    with pytest.MonkeyPatch.context() as patch:
        emit: Any = SimpleNamespace(emit=lambda *said, **_to: heard.append(said))
        patch.setattr("concord.realtime.rings._emit", [_emitter(emit)])
        with world.act("lin") as (session, lin):
            post(session, lin, world.record(session, "huadong"), kind="note", body="A word.")
    assert heard
    assert counted("concord_ring_seconds_count") == before + len(heard)
    assert "process_resident_memory_bytes" in figures(world)
