"""Making a backup while the program runs: database first, then files, the manifest last."""

import os
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from concord import keyring
from concord.backups import latest, postgres, sqlite
from concord.backups.manifest import Manifest, NotABackup, measured
from concord.files import storage
from concord.files.disk import sync_folder
from concord.files.measuring import Missing
from concord.files.models import File, FileVersion
from concord.installation import Installation
from concord.migrations.state import applied

FILES = "files"


def take(installation: Installation, into: Path) -> tuple[Path, Manifest]:
    """A folder of its own in `into`; gives it with its manifest.

    A file's content is written before its row is committed and removed a day after the row: what
    the database knows of before and after it was copied is all there.
    """
    settings = installation.settings
    with installation.database.reading() as session:
        revision = applied(session)
        if revision is None:
            raise NotABackup("There is nothing to back up: the database is empty.")
        known = contents(session)
    moment = datetime.now(UTC)
    folder = into / f"concord-{moment:%Y%m%d-%H%M%S}"
    folder.mkdir(parents=True)
    folder.chmod(0o700)
    sequences: dict[str, int] = {}
    if installation.database.sqlite:
        written = sqlite.take(settings, folder)
    else:
        written, sequences = postgres.take(settings, folder)
    with installation.database.reading() as session:
        known |= contents(session)
    copied, missing = _copied(folder, sorted(known))
    os.sync()
    manifest = Manifest(
        made_at=moment,
        version=version("concord"),
        engine="sqlite" if installation.database.sqlite else "postgresql",
        revision=revision,
        keys=fingerprint(installation),
        parts=tuple(measured(folder, path) for path in [*written, *copied]),
        missing=tuple(missing),
        sequences=sequences,
    )
    manifest.write(folder)
    sync_folder(into)
    latest.note(settings, moment)
    return folder, manifest


def fingerprint(installation: Installation) -> str | None:
    """Of the keys in the data folder; none are made by asking."""
    kept = installation.settings.data_dir / keyring.FILE
    return keyring.fingerprint() if kept.exists() else None


def contents(session: Session) -> set[str]:
    """The keys of all contents that a file or one of its versions names."""
    current = select(File.stored_key).where(File.withdrawn_at.is_(None))
    former = (
        select(FileVersion.stored_key)
        .join(File, File.id == FileVersion.file_id)
        .where(File.withdrawn_at.is_(None))
    )
    return set(session.scalars(union(current, former)))


def _copied(folder: Path, keys: list[str]) -> tuple[list[Path], list[str]]:
    copied, missing = [], []
    for key in keys:
        path = folder / FILES / key[:2] / key
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("wb") as file:
                for piece in storage.pieces(key):
                    file.write(piece)
        except Missing:
            path.unlink()
            missing.append(key)
        else:
            copied.append(path)
    return copied, missing
