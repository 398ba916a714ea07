"""The engine, watched: how long statements take, and who waits for a connection."""

import time
from typing import Any

import structlog
from prometheus_client import Counter
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import PoolProxiedConnection, QueuePool

from concord.watching.work import current_work, note_statement

LONGEST = 4000
BEGUN = "concord.begun"

WAITS = Counter(
    "concord_database_waits",
    "How often somebody waited: for a free connection, or (SQLite) for the other writer.",
    ["on"],
)
WAITED = Counter("concord_database_waited_seconds", "How long all of them waited.", ["on"])
for _on in ("connection", "writer"):
    WAITS.labels(_on), WAITED.labels(_on)

log = structlog.get_logger("concord.database")


class WatchedPool(QueuePool):
    """Counts who found all connections in use, and how long they waited."""

    # It speaks as SQLAlchemy's own, not as a part of ours.
    _sqla_logger_namespace = "sqlalchemy.pool.QueuePool"

    def connect(self) -> PoolProxiedConnection:
        if self.checkedout() < self.size():
            return super().connect()
        begun = time.perf_counter()
        try:
            return super().connect()
        finally:
            note_wait("connection", time.perf_counter() - begun)


def note_wait(on: str, seconds: float) -> None:
    WAITS.labels(on).inc()
    WAITED.labels(on).inc(seconds)


def watch(engine: Engine, slow_ms: float) -> None:
    """Count the statements of `engine` for whoever has them run; log those slower than `slow_ms`.

    0 logs none. What is logged is the text with its placeholders: values are never part of it.
    """

    def begin(connection: Connection, *_rest: Any) -> None:
        connection.info[BEGUN] = time.perf_counter()

    def end(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        seconds = time.perf_counter() - connection.info[BEGUN]
        _note(statement, seconds, slow_ms)

    def fail(context: ExceptionContext) -> None:
        """Above all those that took so long that the database gave up."""
        connection, statement = context.connection, context.statement
        if statement is not None and connection is not None and not connection.invalidated:
            begun = connection.info.get(BEGUN)
            if begun is not None:
                _note(statement, time.perf_counter() - begun, slow_ms)

    event.listen(engine, "before_cursor_execute", begin)
    event.listen(engine, "after_cursor_execute", end)
    event.listen(engine, "handle_error", fail)


def _note(statement: str, seconds: float, slow_ms: float) -> None:
    if not statement.startswith("BEGIN"):
        note_statement(statement, seconds)
    if slow_ms and seconds * 1000 > slow_ms:
        work = current_work()
        log.warning(
            "slow_statement",
            sql=" ".join(statement.split())[:LONGEST],
            ms=round(seconds * 1000, 1),
            **({work.kind: work.name} if work is not None else {}),
        )
