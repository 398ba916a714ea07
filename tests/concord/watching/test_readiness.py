"""One word to anyone: ready, degraded while something is late, unready when nothing works."""

import shutil
from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from concord.clock import now
from concord.jobs import executors
from concord.jobs.models import Executor
from concord.migrations.state import SEEN
from tests.concord.watching.conftest import listening, told_otherwise
from tests.world import World

GB = 2**30
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def _each_look_is_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concord.watching.readiness.FRESH", 0.0)
    roomy(monkeypatch, 50)


@pytest.fixture(autouse=True)
def _a_worker_works(any_world: World) -> None:
    executors.arrive(any_world.installation.database, "worker-1")


def roomy(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    usage = Usage(100 * GB, (100 - free) * GB, free * GB)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)


def word(world: World) -> tuple[int, str]:
    answer = world.client().get("/readyz")
    return answer.status_code, answer.text


def test_a_house_with_all_it_needs_is_ready(any_world: World) -> None:
    assert word(any_world) == (200, "ready")


def test_without_a_worker_that_beats_it_is_degraded(any_world: World) -> None:
    with any_world.writing() as session:
        session.execute(update(Executor).values(beat_at=now() - timedelta(minutes=1)))
        session.commit()
    silent = word(any_world)
    executors.leave(any_world.installation.database, "worker-1")
    assert silent == (200, "degraded")
    assert word(any_world) == (200, "degraded"), "none at all"


def test_with_little_room_on_the_disk_it_is_degraded(
    any_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    roomy(monkeypatch, 9)
    assert word(any_world) == (200, "degraded")


def test_without_redis_it_is_degraded(any_world: World) -> None:
    world = told_otherwise(any_world, redis_url="redis://127.0.0.1:1/0")
    assert word(world) == (200, "degraded")
    world.installation.database.dispose()


def test_with_a_database_of_before_it_is_unready(any_world: World) -> None:
    with any_world.writing() as session:
        session.execute(update(SEEN).values(version_num="0000_before"))
        session.commit()
    assert word(any_world) == (503, "unready")


def test_with_a_data_folder_that_takes_nothing_it_is_unready(
    any_world: World, tmp_path: Path
) -> None:
    world = told_otherwise(any_world, data_dir=tmp_path / "gone")
    assert word(world) == (503, "unready")
    world.installation.database.dispose()


def test_without_its_database_it_is_unready(world: World) -> None:
    world.installation.database.dispose()
    (world.installation.settings.data_dir / "concord.db").write_bytes(b"this is no database")
    assert word(world) == (503, "unready")


def test_why_is_in_the_log_once(any_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    roomy(monkeypatch, 9)
    with listening(any_world) as lines:
        word(any_world)
        word(any_world)
        roomy(monkeypatch, 50)
        word(any_world)
    said = [(line["word"], line["why"]) for line in lines if line["event"] == "readiness"]
    assert said == [("degraded", {"room": "9.0 GiB of 100.0 free"}), ("ready", {})]


def test_who_asks_often_has_it_looked_at_once(
    any_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("concord.watching.readiness.FRESH", 60.0)
    assert word(any_world) == (200, "ready")
    roomy(monkeypatch, 9)
    assert word(any_world) == (200, "ready")
