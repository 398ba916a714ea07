"""R14: on a disk that is really full an upload is a sentence: no row, no half file."""

import contextlib
import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world import World, fingerprint

SIZE = 16 * 1024 * 1024


@pytest.fixture
def small_disk(world: World, tmp_path: Path) -> Iterator[Path]:
    """A file system of 16 MB where the files of the house lie."""
    if os.geteuid() != 0 or shutil.which("mkfs.ext4") is None:
        pytest.skip("only root can mount a small disk")
    image, place = tmp_path / "disk.img", world.installation.settings.data_dir / "files"
    image.write_bytes(b"\0" * SIZE)
    subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True, capture_output=True)
    place.mkdir(exist_ok=True)
    done = subprocess.run(["mount", "-o", "loop", image, place], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
    yield place
    subprocess.run(["umount", place], check=True)


def fill(path: Path, leaving: int) -> None:
    """Take all but so many bytes of the disk that the path lies on."""
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    os.truncate(path, path.stat().st_size - leaving)


@pytest.mark.faults
def test_a_full_disk_is_said_and_leaves_nothing(world: World, small_disk: Path) -> None:
    before, filler = fingerprint(world), small_disk / "filler"
    fill(filler, leaving=100_000)
    sent = {"file": (io.BytesIO(os.urandom(400_000)), "big.bin")}
    answer = world.client("zhou").fragment("/files", method="POST", data=sent)
    assert answer.status_code == 507
    assert "no room" in answer.text
    assert fingerprint(world) == before
    left = [path for path in small_disk.rglob("*") if path.is_file()]
    assert left == [filler]
    small = {"file": (io.BytesIO(b"fits"), "small.txt")}
    assert world.client("zhou").post("/files", data=small).status_code == 200
