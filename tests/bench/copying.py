"""Much into PostgreSQL at once: by COPY, with the indexes made afterwards."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

Connection = psycopg.Connection[Any]
INDEXED_BY_TRIGGER = {
    "concord_search_documents": "concord_search_index_kept",
    "concord_search_entries": "concord_search_entry_index_kept",
}


@contextmanager
def indexed_afterwards(connection: Connection, tables: Sequence[str]) -> Iterator[None]:
    """Indexes made once over all rows, and the index of words kept by its own triggers."""
    query = """
        SELECT indexname, indexdef FROM pg_indexes
        WHERE tablename = ANY(%s) AND indexname NOT IN (SELECT conname FROM pg_constraint)
    """
    found = connection.execute(query, [list(tables)]).fetchall()
    for name, _definition in found:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    _trigger(connection, "ENABLE ALWAYS")
    yield
    _trigger(connection, "ENABLE")
    for _name, definition in found:
        connection.execute(definition)


def _trigger(connection: Connection, state: str) -> None:
    for table, trigger in INDEXED_BY_TRIGGER.items():
        command = sql.SQL("ALTER TABLE {} {} TRIGGER {}").format(
            sql.Identifier(table), sql.SQL(state), sql.Identifier(trigger)
        )
        connection.execute(command)


def copy(
    connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(command) as into:
        for row in rows:
            into.write_row(row)
