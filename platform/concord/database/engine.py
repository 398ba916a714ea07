"""One engine factory for SQLite and PostgreSQL, and the two ways to open a session."""

import select
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import InvalidatePoolError, OperationalError
from sqlalchemy.orm import Session

from concord.database.watched import WatchedPool, note_wait, watch
from concord.settings import Settings

BUSY_SECONDS = 15
CACHE_KIB = 64 * 1024
DEADLOCK, SERIALIZATION = "40P01", "40001"


def make_engine(
    settings: Settings,
    *,
    immediate: bool = True,
    pool_size: int = 16,
    patience: float | None = None,
) -> Engine:
    """An engine for the configured database.

    On SQLite an `immediate` engine takes the write lock when a transaction begins: a deferred
    one that later writes fails at once under concurrency instead of waiting. `patience` is how
    many seconds a PostgreSQL may take to answer, or a thread for a connection; None: as long as
    it takes.
    """
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite":
        engine = _on_postgres(url, pool_size, patience)
        watch(engine, settings.slow_statement_ms)
        return engine
    engine = create_engine(
        url,
        hide_parameters=True,
        poolclass=WatchedPool,
        pool_size=pool_size,
        max_overflow=0,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _configure(settings.synchronous, writer=immediate))
    statement = "BEGIN IMMEDIATE" if immediate else "BEGIN"
    event.listen(engine, "begin", lambda connection: _begin(connection, statement))
    watch(engine, settings.slow_statement_ms)
    return engine


def _on_postgres(url: URL, pool_size: int, patience: float | None) -> Engine:
    engine = create_engine(
        url,
        poolclass=WatchedPool,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=patience or 30,
        hide_parameters=True,
    )
    event.listen(engine, "checkout", _refuse_ended)
    if patience is not None:
        # Only here: an installation on SQLite has no need of the driver.
        from concord.database.patience import impatient

        event.listen(engine, "do_connect", impatient(patience))
    return engine


def _refuse_ended(connection: Any, _record: object, _proxy: object) -> None:
    """A connection that the server has ended is not given out again: its last words wait to be
    read, and looking for them costs no question to the server."""
    if not connection.closed:
        waiting = select.poll()
        waiting.register(connection.fileno(), select.POLLIN)
        if not waiting.poll(0):
            return
    raise InvalidatePoolError


def _begin(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)


def _configure(synchronous: str, *, writer: bool) -> Any:
    def configure(connection: Any, _: Any) -> None:
        # The driver must not begin by itself: our hook does, with the right kind of BEGIN.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={synchronous}")
        connection.execute("PRAGMA foreign_keys=ON")
        if writer:
            connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
        else:
            connection.execute("PRAGMA query_only=ON")

    return configure


def given_way(error: OperationalError) -> bool:
    """Whether the database ended this transaction for another's sake: it may go well next time."""
    return getattr(error.orig, "sqlstate", None) in (DEADLOCK, SERIALIZATION)


class Database:
    """Opens sessions: `reading()` for pages, `writing()` for changes. Neither commits by itself."""

    def __init__(self, settings: Settings, *, pool_size: int = 16) -> None:
        self.settings = settings
        self.sqlite = settings.database_url.startswith("sqlite")
        self.engine = make_engine(settings, pool_size=pool_size, patience=settings.patience)
        self.reader = (
            make_engine(settings, immediate=False, pool_size=pool_size)
            if self.sqlite
            else self.engine
        )
        self._answering = (
            self.reader
            if self.sqlite
            else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        )
        # One writer at a time on SQLite: threads queue here fairly instead of polling the file.
        self._write_lock = threading.Lock()

    def read_session(self) -> Session:
        """A session for one answer. On PostgreSQL its statements stand each by itself, which spares
        a BEGIN and a ROLLBACK and sees the same: there too each would see its own moment."""
        return Session(self._answering, expire_on_commit=False)

    def write_session(self) -> Session:
        """A session for changes; on SQLite it holds the process's write lock until closed."""
        return WritingSession(self, self._write_lock if self.sqlite else None)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with Session(self.reader, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with self.write_session() as session:
            yield session

    def dispose(self) -> None:
        self.engine.dispose()
        self.reader.dispose()


class WritingSession(Session):
    """A session whose commits allot positions, write notifications and ring."""

    def __init__(self, database: Database, lock: "threading.Lock | None") -> None:
        super().__init__(database.engine, expire_on_commit=False)
        self._lock: threading.Lock | None = None
        if lock is not None:
            _take(lock)
            self._lock = lock

    def close(self) -> None:
        try:
            super().close()
        finally:
            lock, self._lock = self._lock, None
            if lock is not None:
                lock.release()


def _take(lock: threading.Lock) -> None:
    if lock.acquire(blocking=False):
        return
    begun = time.perf_counter()
    taken = lock.acquire(timeout=BUSY_SECONDS)
    note_wait("writer", time.perf_counter() - begun)
    if not taken:
        raise TimeoutError("another writer held the database for too long")
