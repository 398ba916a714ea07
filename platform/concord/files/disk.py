"""Contents in the data folder: written beside their place, synced, then put there."""

import os
from collections.abc import Iterator
from pathlib import Path

from concord.files.measuring import CHUNK, Measured, Missing


class Disk:
    """Files named by their keys, on shelves of their first two characters."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def put(self, key: str, content: Measured) -> None:
        path = self.path(key)
        part = path.with_suffix(".part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with part.open("xb") as file:
                while piece := content.read(CHUNK):
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
            sync_folder(path.parent)
        finally:
            part.unlink(missing_ok=True)

    def pieces(self, key: str) -> Iterator[bytes]:
        """Looked for at once, opened only when it is really read."""
        path = self.path(key)
        if not path.is_file():
            raise Missing(key)
        return _read(path)

    def holds(self, key: str) -> bool:
        return self.path(key).is_file()

    def remove(self, key: str) -> None:
        self.path(key).unlink(missing_ok=True)

    def older_than(self, moment: float) -> Iterator[list[str]]:
        """One shelf at a time; pieces of broken uploads go at once."""
        for shelf in sorted(self.folder.glob("??")):
            old = [path for path in shelf.iterdir() if path.stat().st_mtime < moment]
            for path in old:
                if path.suffix:
                    path.unlink(missing_ok=True)
            yield [path.name for path in old if not path.suffix]


def sync_folder(path: Path) -> None:
    """A new name in a folder survives a power cut only when the folder is synced too."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as content:
        while piece := content.read(CHUNK):
            yield piece
