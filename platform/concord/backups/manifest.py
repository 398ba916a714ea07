"""The list of what a backup holds. A folder without it is no backup: it is written last."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from concord.files.disk import sync_folder

NAME = "manifest.json"
FORMAT = 1
CHUNK = 1024 * 1024


class NotABackup(Exception):
    """A folder from which nothing can be restored; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the backup, by its path in the folder. `size` is in bytes."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """`revision` is the last migration of the database; `keys` the fingerprint of those that seal
    secrets in it, None where there were none. `missing` names contents that were not there.
    """

    made_at: datetime
    version: str
    engine: str
    revision: str
    keys: str | None
    parts: tuple[Part, ...]
    missing: tuple[str, ...] = ()
    sequences: dict[str, int] = field(default_factory=dict)
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Whole or not at all, and on disk before it has its name."""
        plain = asdict(self) | {"made_at": self.made_at.isoformat()}
        draft = folder / f"{NAME}.part"
        with draft.open("w", encoding="utf-8") as file:
            json.dump(plain, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(folder / NAME)
        sync_folder(folder)


def read(folder: Path) -> Manifest:
    """Raises NotABackup where it is not there or cannot be understood."""
    try:
        plain = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotABackup(f"{folder} holds no complete backup: it has no {NAME}.") from None
    except (OSError, ValueError):
        raise NotABackup(f"{folder / NAME} cannot be read: this backup is broken.") from None
    if not isinstance(plain, dict):
        raise NotABackup(f"{folder / NAME} cannot be read: this backup is broken.")
    if plain.get("format") != FORMAT:
        raise NotABackup(f"{folder} was made by a newer Concord: restore it with that one.")
    try:
        parts = tuple(Part(**part) for part in plain.pop("parts"))
        made_at = datetime.fromisoformat(plain.pop("made_at"))
        missing = tuple(plain.pop("missing"))
        return Manifest(made_at=made_at, parts=parts, missing=missing, **plain)
    except (KeyError, TypeError, ValueError):
        raise NotABackup(f"{folder / NAME} cannot be read: this backup is broken.") from None


def measured(folder: Path, path: Path) -> Part:
    """A file of the folder as a part."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
            size += len(piece)
    return Part(path.relative_to(folder).as_posix(), size, digest.hexdigest())


def problems(folder: Path, manifest: Manifest) -> Iterator[str]:
    """What is not as it was written: one sentence for each part."""
    for part in manifest.parts:
        path = folder / part.path
        if ".." in Path(part.path).parts or Path(part.path).is_absolute():
            yield f"{part.path} lies outside the backup."
        elif not path.is_file():
            yield f"{part.path} is missing."
        elif path.stat().st_size != part.size or measured(folder, path).sha256 != part.sha256:
            yield f"{part.path} was changed since the backup was made."
