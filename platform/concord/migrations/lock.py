"""One process migrates at a time; a second one waits and finds nothing left to do."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from concord.settings import Settings

# Any number will do, as long as nothing else in the database uses it.
ADVISORY_KEY = 0x436F6E636F7264
PAUSE = 0.2


@contextmanager
def migration_lock(settings: Settings, connection: Connection) -> Iterator[None]:
    locking = _postgres(connection) if connection.dialect.name == "postgresql" else _file(settings)
    with locking:
        yield


@contextmanager
def _postgres(connection: Connection) -> Iterator[None]:
    """Held by the connection, whatever transactions begin and end on it.

    Asked for again and again: a transaction that waited would itself hold up the one that migrates,
    whose indexes are built concurrently.
    """
    key = {"key": ADVISORY_KEY}
    while not _has(connection, "SELECT pg_try_advisory_lock(:key)", key):
        time.sleep(PAUSE)
    try:
        yield
    finally:
        connection.rollback()
        _has(connection, "SELECT pg_advisory_unlock(:key)", key)


def _has(connection: Connection, question: str, key: dict[str, int]) -> bool:
    answer = connection.scalar(text(question), key)
    connection.commit()
    return bool(answer)


@contextmanager
def _file(settings: Settings) -> Iterator[None]:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with (settings.data_dir / "migrating.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
