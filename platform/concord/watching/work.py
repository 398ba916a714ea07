"""What is being done: a request, a job, an event of a socket; and what it has cost so far."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Kind = Literal["endpoint", "job", "socket_event"]


@dataclass(slots=True)
class Work:
    """`kind` is what its `name` is called in the log. A request learns its name on the way."""

    kind: Kind
    name: str
    begun: float = field(default_factory=time.perf_counter)
    statements: int = 0
    sql_seconds: float = 0.0
    status: int | None = None
    failed: bool = False
    span: Any = None

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.begun

    @property
    def costs(self) -> dict[str, float]:
        """As log lines say them."""
        return {
            "ms": round(self.seconds * 1000, 1),
            "statements": self.statements,
            "sql_ms": round(self.sql_seconds * 1000, 1),
        }


class Follower(Protocol):
    """Somebody who follows all work of this process; asked in the thread that does it."""

    def begin(self, work: Work) -> None: ...

    def statement(self, work: Work, sql: str, seconds: float) -> None: ...

    def end(self, work: Work) -> None: ...


_current: ContextVar[Work | None] = ContextVar("work", default=None)
_followers: list[Follower] = []


def follow(*followers: Follower) -> None:
    """Have these followers, and no others."""
    _followers[:] = followers


@contextmanager
def doing(kind: Kind, name: str) -> Iterator[Work]:
    """One piece of work; statements inside the block are counted as its own."""
    work = Work(kind, name)
    token = _current.set(work)
    for follower in _followers:
        follower.begin(work)
    try:
        yield work
    except BaseException:
        work.failed = True
        raise
    finally:
        for follower in _followers:
            follower.end(work)
        _current.reset(token)


def current_work() -> Work | None:
    return _current.get()


def note_statement(sql: str, seconds: float) -> None:
    """A statement took so long; where it belongs to no work, nobody counts it."""
    work = _current.get()
    if work is None:
        return
    work.statements += 1
    work.sql_seconds += seconds
    for follower in _followers:
        follower.statement(work, sql, seconds)
