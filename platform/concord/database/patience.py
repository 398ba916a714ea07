"""A PostgreSQL that says nothing any more: whoever asks waits so long and no longer.

A server that is frozen, or behind a wire that was cut, keeps its connections open: no error ever
comes, and each question would hold a thread until there is none left.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.errors import OperationalError, _WaitTimeout

Answer = TypeVar("Answer")
CONNECTING = 3
"""Seconds that a new connection may take."""


def impatient(seconds: float) -> Callable[..., Any]:
    """A `do_connect` of SQLAlchemy: its connections fail where no answer comes for `seconds`."""

    class Impatient(psycopg.Connection[Any]):
        def wait(
            self, gen: PQGen[Answer], interval: float = 0.1, timeout: float | None = None
        ) -> Answer:
            try:
                return super().wait(gen, interval, seconds if timeout is None else timeout)
            except _WaitTimeout:
                # What was asked may be answered yet, to the next question: nobody may ask it here.
                self.pgconn.finish()
                raise OperationalError(f"no answer for {seconds:g} seconds") from None

    def connect(_dialect: Any, _record: Any, arguments: Any, parameters: Any) -> Any:
        return Impatient.connect(*arguments, **{"connect_timeout": CONNECTING, **parameters})

    return connect
