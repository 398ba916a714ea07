"""R08: ten thousand records, a worker killed in the middle, and everything back as it was."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from concord.audit.models import AuditRow
from concord.bulk.models import BulkItem, State
from concord.records.models import Record
from tests.concord.bulk.many import many_companies
from tests.concord.bulk.test_runs import begin, read, undo
from tests.servers.concord import CONCORD, ROOT, environment_for
from tests.waiting import eventually
from tests.world import World, fingerprint

MANY = 10_000
PATIENCE = 600


@contextmanager
def worker(world: World, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A real one, as `concord worker` runs it."""
    settings = world.installation.settings
    environment = environment_for(settings.data_dir, settings.database_url)
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [str(CONCORD), "worker"],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.mark.faults
def test_ten_thousand_are_changed_through_a_kill_and_taken_back(
    any_world: World, tmp_path: Path
) -> None:
    world = any_world
    many_companies(world, MANY)
    before = fingerprint(world)
    run_id = begin(world, "na", "owner", {"owner_id": world.people["tom"]})
    run = read(world, run_id)
    assert (run.state, run.done) == (State.RUNNING, 0)
    assert run.total > MANY

    with worker(world, tmp_path) as process:
        eventually(lambda: read(world, run_id).done >= MANY // 10, PATIENCE)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    killed = read(world, run_id)
    assert killed.state == State.RUNNING
    assert 0 < killed.done < killed.total
    assert killed.done == given_to(world, "tom", run_id)

    with worker(world, tmp_path):
        eventually(lambda: read(world, run_id).state == State.DONE, PATIENCE)
        done = read(world, run_id)
        assert (done.done + done.same, done.skipped) == (done.total, 0)
        assert audited(world, "tom") == given_to(world, "tom", run_id, along=True)
        back = undo(world, "na", run_id)
        eventually(lambda: read(world, back).state == State.DONE, PATIENCE)
    assert read(world, back).skipped == 0
    assert fingerprint(world) == before


def given_to(world: World, person: str, run_id: int, *, along: bool = False) -> int:
    """How many records of the run are that person's now, counted on the records themselves."""
    with world.reading() as session:
        query = (
            select(func.count()).select_from(Record).join(BulkItem, BulkItem.record_id == Record.id)
        )
        query = query.where(
            BulkItem.run_id == run_id,
            Record.owner_id == world.people[person],
            BulkItem.image.is_not(None),
        )
        if not along:
            query = query.where(BulkItem.along.is_(False))
        return session.scalar(query) or 0


def audited(world: World, person: str) -> int:
    """Audit rows that say that somebody's record became that person's."""
    with world.reading() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.action == "update"))
        return sum(
            1
            for row in rows
            if "owner_id" in row.changes and row.changes["owner_id"][1] == world.people[person]
        )
