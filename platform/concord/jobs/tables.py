"""DBOS's own tables, which it makes and changes itself."""

from dbos import DBOS

from concord.jobs.statuses import SCHEMA


def migrate_tables(database_url: str) -> None:
    """Make or upgrade them. Run after our own migrations, one process at a time."""
    DBOS.migrate(database_url, schema=SCHEMA)
