"""How many SQL statements an answer costs: counted in the log of the server, asked for meanwhile.

Nothing in the program counts for this, and nothing is timed while the log is kept.
"""

import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

from tests.bench.figures import Effort, of_requests

BY_WEB = b"web|LOG:  "
OTHERS = (b"BEGIN", b"COMMIT", b"ROLLBACK", b"SELECT 1\n", b"DEALLOCATE")
ASKED = 5


def count(
    connection: psycopg.Connection[Any], log: Path, port: int, questions: Sequence[bytes]
) -> int:
    """Of the middle one of some answers, as the house's own name is read every few seconds only."""
    _log_statements(connection, "all")
    try:
        found = [_one(log, port, question) for question in [*questions[:ASKED], *questions[:1]]]
    finally:
        _log_statements(connection, "none")
    return int(statistics.median_low(found[1:] or found))


def _one(log: Path, port: int, question: bytes) -> int:
    before = log.stat().st_size
    of_requests(port, None, [question], 1, Effort(warm=0, most=1, seconds=5))
    with log.open("rb") as written:
        written.seek(before)
        lines = [line for line in written if line.startswith(BY_WEB)]
    said = [line.removeprefix(BY_WEB).partition(b": ")[2] for line in lines]
    return sum(not text.startswith(OTHERS) for text in said)


def _log_statements(connection: psycopg.Connection[Any], which: str) -> None:
    connection.execute(f"ALTER SYSTEM SET log_statement = '{which}'")
    connection.execute("SELECT pg_reload_conf(), pg_sleep(0.3)")
