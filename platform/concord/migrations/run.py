"""Bringing a database to this release: tables, DBOS's tables, roles."""

import time
from collections.abc import Callable

from alembic import command
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from concord.identity.access import ONLY
from concord.identity.models import AccessEpoch
from concord.identity.roles import ensure_roles
from concord.installation import Installation, using
from concord.jobs.tables import migrate_tables
from concord.migrations.alembic_setup import configuration, migrating_connection, scripts
from concord.migrations.lock import migration_lock
from concord.migrations.state import VERSION_TABLE
from concord.search.rebuilding import fill_when_empty

LOCK_NOT_AVAILABLE = "55P03"
TRIES = 30
PAUSE = 2.0
"""Seconds between two tries to get a table that is in use."""


class NewerDatabase(Exception):
    """The database has seen a migration that this release does not know; the message names it."""


class HouseBusy(Exception):
    """Others held a table all the time that a migration needed it; nothing of it was done."""


class BrokenReference(Exception):
    """A rebuilt SQLite table left a row that points nowhere; the message names the table."""


def migrate(installation: Installation) -> list[str]:
    """Make or upgrade everything; gives the migrations that ran. Does nothing the second time."""
    settings = installation.settings
    with migrating_connection(settings) as connection, migration_lock(settings, connection):
        ran = upgrade(connection)
        migrate_tables(settings.database_url)
        with using(installation):
            _furnish(installation)
    return ran


def upgrade(connection: Connection, to: str = "head") -> list[str]:
    """Run the migrations up to `to`; each is there whole or not at all."""
    _refuse_newer(connection)
    ran: list[str] = []
    config = configuration(connection)
    config.attributes["on_version_apply"] = lambda step, **_: ran.append(step.up_revision_id)
    _until_free(connection, lambda: command.upgrade(config, to))
    connection.rollback()
    if ran and connection.dialect.name == "sqlite":
        _check_references(connection)
    return ran


def _until_free(connection: Connection, step: Callable[[], None]) -> None:
    """Where a table is in use, let everybody pass who waits behind us, and try again.

    Each migration is a transaction of its own: those that are done stay done.
    """
    for _ in range(TRIES):
        try:
            return step()
        except OperationalError as error:
            connection.rollback()
            if getattr(error.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE:
                raise
            time.sleep(PAUSE)
    raise HouseBusy


def _refuse_newer(connection: Connection) -> None:
    seen = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    known = {script.revision for script in scripts().walk_revisions()}
    unknown = [revision for revision in seen.get_current_heads() if revision not in known]
    connection.rollback()
    if unknown:
        raise NewerDatabase(unknown[0])


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    connection.rollback()
    if broken is not None:
        raise BrokenReference(str(broken[0]))


def _furnish(installation: Installation) -> None:
    """The rows that the program takes for granted."""
    with installation.database.writing() as session:
        ensure_roles(session, installation.modules)
        if session.get(AccessEpoch, ONLY) is None:
            session.add(AccessEpoch(id=ONLY, epoch=1))
        fill_when_empty(session)
        session.commit()
