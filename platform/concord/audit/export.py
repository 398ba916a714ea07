"""The audit carried out of the house: as a table or as one JSON object a line, row by row."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import orjson

from concord.audit.asking import ORDER, Asked
from concord.database.engine import Database
from concord.database.paging import LARGEST_LIMIT, page_of_rows

FIELDS = (
    "sequence", "id", "at", "actor_id", "actor_name", "action", "table", "row_id", "changes",
    "address", "request_id", "seal",
)  # fmt: skip
# A spreadsheet reads a cell that begins so as a formula.
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
FORMATS = {"csv": "text/csv", "jsonl": "application/x-ndjson"}


def written(database: Database, asked: Asked, timezone: str, form: str) -> Iterator[bytes]:
    """The rows asked for, newest first; each page is read by itself, none is kept."""
    if form == "csv":
        yield "\ufeff".encode() + _row(FIELDS)
    for row in _rows(database, asked, timezone):
        values = {name: getattr(row, name) for name in FIELDS}
        if form == "csv":
            yield _row([_cell(value) for value in values.values()])
        else:
            yield orjson.dumps(values, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE)


def _rows(database: Database, asked: Asked, timezone: str) -> Iterator[Any]:
    """A slow reader holds no connection: every page has its own."""
    cursor = None
    while True:
        with database.reading() as session:
            selection = asked.selection(timezone)
            found = page_of_rows(
                session, selection, order=ORDER, limit=LARGEST_LIMIT, cursor=cursor
            )
        yield from found.items
        cursor = found.next
        if cursor is None:
            return


def _row(cells: Any) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue().encode()


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        value = orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULAS) else text
