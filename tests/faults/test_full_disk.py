"""The disk of the database is full: what cannot be kept is not acknowledged, what was is there."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.concord.files.test_full_disk import fill
from tests.faults.town import Town, founded
from tests.faults.truth import check
from tests.faults.writers import Writers, refusals
from tests.servers.postgres import LASTING, PostgresServer

pytestmark = [pytest.mark.faults, pytest.mark.whole, pytest.mark.postgres, pytest.mark.redis]

SIZE = "240m"
READERS = 40


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """Where the unprivileged user of PostgreSQL comes to: folders of tests are root's alone."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    place = Path(tempfile.mkdtemp(prefix="concord-disk-"))
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)
    place.rmdir()


@pytest.fixture
def small_town(nginx_program: Path, small_disk: Path, tmp_path: Path) -> Iterator[Town]:
    """Its database alone lies on the small disk."""
    small = {"max_wal_size": "32MB", "min_wal_size": "32MB", "wal_recycle": "off"}
    postgres = PostgresServer(small_disk, LASTING | small)
    with founded(tmp_path / "town", readers=READERS, postgres=postgres) as town:
        yield town


def test_what_is_acknowledged_on_a_full_disk_is_there(small_town: Town, small_disk: Path) -> None:
    """R12, R13: nobody is told yes while nothing can be kept, and nobody has to start anything."""
    filler = small_disk / "filler"
    with Writers(small_town, pause=0.1) as writers:
        writers.wait_for(10)
        fill(filler, leaving=200_000)
        time.sleep(12)
        refused = refusals(writers.writes)
        filler.unlink()
        small_town.postgres.start()
        writers.wait_for(10)
    check(small_town, writers)
    print(f"full disk: {len(writers.writes)} writes, refused {refused}")
    assert refused, "the disk was not full at all"
