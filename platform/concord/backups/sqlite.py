"""A SQLite database in a backup: one file, taken while the program runs."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from concord.backups.manifest import NotABackup
from concord.settings import Settings

FILE = "database.sqlite3"


def place(settings: Settings) -> Path:
    """The file of the configured database."""
    found = make_url(settings.database_url).database
    assert found is not None
    return Path(found)


def take(settings: Settings, folder: Path) -> list[Path]:
    """Copy the database as of one moment; writers go on meanwhile."""
    target = folder / FILE
    with (
        closing(sqlite3.connect(place(settings))) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        # One file, without a journal beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
    check(target)
    return [target]


def check(path: Path) -> None:
    """Raises NotABackup where SQLite itself finds the file broken."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            said = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        said = str(error)
    if said != "ok":
        raise NotABackup(f"{path} is broken: {said}.")


def is_empty(settings: Settings) -> bool:
    path = place(settings)
    if not path.exists():
        return True
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def bring_back(settings: Settings, folder: Path) -> None:
    """The whole file under its name at once."""
    path = place(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.restoring")
    draft.unlink(missing_ok=True)
    with (
        closing(sqlite3.connect(folder / FILE)) as source,
        closing(sqlite3.connect(draft)) as copy,
    ):
        source.backup(copy)
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    draft.replace(path)
