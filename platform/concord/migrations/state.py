"""Which release the database is of. Knows nothing of Alembic, so that serving need not load it."""

from functools import lru_cache
from pathlib import Path

from sqlalchemy import column, inspect, select, table
from sqlalchemy.orm import Session

VERSIONS = Path(__file__).parent / "versions"
VERSION_TABLE = "concord_migration"
SEEN = table(VERSION_TABLE, column("version_num"))


@lru_cache(maxsize=1)
def newest() -> str | None:
    """The last migration there is: they are numbered, and each is named as its file."""
    return max((path.stem for path in VERSIONS.glob("[0-9]*.py")), default=None)


def applied(session: Session) -> str | None:
    """The last migration that the database has seen; None for an empty one."""
    if not inspect(session.connection()).has_table(VERSION_TABLE):
        return None
    found: str | None = session.scalar(select(SEEN.c.version_num))
    return found


def is_current(session: Session) -> bool:
    """True also where a newer release has migrated already: old and new serve side by side."""
    return (applied(session) or "") >= (newest() or "")
