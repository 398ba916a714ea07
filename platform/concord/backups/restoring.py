"""Bringing a backup back, into an empty database and a data folder without files.

Everything is looked at before anything is changed. While it goes on a mark lies in the data
folder, and no process starts there: a restore that was cut off is never taken for a whole one.
"""

from pathlib import Path

from concord.actors import SYSTEM
from concord.backups import manifest as manifests
from concord.backups import postgres, sqlite
from concord.backups.manifest import Manifest, NotABackup
from concord.backups.taking import FILES, fingerprint
from concord.files import storage
from concord.files.disk import sync_folder
from concord.files.measuring import Measured
from concord.installation import Installation, using
from concord.jobs.holding import hold
from concord.jobs.tables import migrate_tables
from concord.migrations.alembic_setup import migrating_connection, scripts
from concord.migrations.run import migrate, upgrade

MARK = "restoring"


class Unfit(Exception):
    """A backup and a place that do not go together; nothing was changed. A sentence."""


def restore(installation: Installation, folder: Path) -> Manifest:
    """Raises NotABackup or Unfit before anything is changed. Jobs are held afterwards."""
    found = checked(folder)
    _check_place(installation, found)
    mark = installation.settings.data_dir / MARK
    mark.write_text(f"{folder.resolve()}\n", encoding="utf-8")
    sync_folder(mark.parent)
    if found.engine == "sqlite":
        sqlite.bring_back(installation.settings, folder)
    else:
        _make_tables(installation, found.revision)
        postgres.bring_back(installation.settings, folder, found.sequences)
    with using(installation):
        _bring_files(folder, found)
        migrate(installation)
        _hold_jobs(installation)
    mark.unlink()
    sync_folder(mark.parent)
    return found


def checked(folder: Path) -> Manifest:
    """The manifest of a backup in which nothing is broken."""
    found = manifests.read(folder)
    for problem in manifests.problems(folder, found):
        raise NotABackup(f"This backup is broken: {problem}")
    if found.engine == "sqlite":
        sqlite.check(folder / sqlite.FILE)
    return found


def _check_place(installation: Installation, found: Manifest) -> None:
    engine = "sqlite" if installation.database.sqlite else "postgresql"
    if found.engine != engine:
        raise Unfit(f"This is a backup of {found.engine}, and CONCORD_DATABASE_URL names {engine}.")
    if found.revision not in {script.revision for script in scripts().walk_revisions()}:
        raise Unfit(
            f"This backup is of a newer Concord ({found.version}, {found.revision}): run that one."
        )
    if found.keys is not None and fingerprint(installation) != found.keys:
        raise Unfit(
            "The keys of this data folder are not those of the backup: put the file `keys` that "
            "belongs to it there first."
        )
    empty = sqlite.is_empty if installation.database.sqlite else postgres.is_empty
    if not empty(installation.settings):
        raise Unfit("The database is not empty: a backup is restored into a new one.")
    kept = installation.settings.data_dir / FILES
    if installation.settings.files_url is None and kept.exists() and any(kept.iterdir()):
        raise Unfit(f"{kept} is not empty: a backup is restored into a new data folder.")


def _make_tables(installation: Installation, revision: str) -> None:
    """As they were in the release that made the backup."""
    with migrating_connection(installation.settings) as connection:
        upgrade(connection, revision)
    migrate_tables(installation.settings.database_url)


def _bring_files(folder: Path, found: Manifest) -> None:
    for part in found.parts:
        if part.path.startswith(f"{FILES}/"):
            with (folder / part.path).open("rb") as content:
                storage.storage().put(Path(part.path).name, Measured(content))


def _hold_jobs(installation: Installation) -> None:
    """Mails that were sent since the backup was made would go out once more."""
    with installation.database.writing() as session:
        session.info["actor"] = SYSTEM
        hold(session, SYSTEM)
        session.commit()
