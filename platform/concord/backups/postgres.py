"""A PostgreSQL database in a backup: each table as COPY writes it, all as of one moment.

Needs no program beside ours and no rights beyond those of the tables' owner. Tables are made by
our own migrations when they are brought back, so only rows travel.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from psycopg import Connection, sql
from sqlalchemy import create_engine

from concord.backups.manifest import CHUNK, NotABackup
from concord.jobs.statuses import SCHEMA
from concord.migrations.state import VERSION_TABLE
from concord.settings import Settings

FOLDER = "tables"
# Which migrations ran: the migrations themselves write that, for DBOS's tables too.
LEFT_OUT = frozenset({VERSION_TABLE, "dbos_migrations"})
TABLES = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname IN (current_schema(), %s) ORDER BY 1, 2
"""
COLUMNS = """
SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0
AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""
POINTS_TO = """
SELECT DISTINCT confrelid::regclass::text FROM pg_constraint
WHERE contype = 'f' AND conrelid = %s::regclass AND confrelid <> conrelid
"""
SEQUENCES = """
SELECT schemaname || '.' || sequencename, last_value FROM pg_sequences
WHERE schemaname IN (current_schema(), %s) AND last_value IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Table:
    schema: str
    name: str

    @property
    def identifier(self) -> sql.Identifier:
        return sql.Identifier(self.schema, self.name)

    @property
    def path(self) -> str:
        return f"{FOLDER}/{self.schema}.{self.name}.copy"


def take(settings: Settings, folder: Path) -> tuple[list[Path], dict[str, int]]:
    """Copy every table as of one moment; gives the files, and how far each sequence is."""
    (folder / FOLDER).mkdir()
    with _connected(settings) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        written = [_take(connection, table, folder) for table in tables(connection)]
        rows = connection.execute(SEQUENCES, [SCHEMA]).fetchall()
        connection.rollback()
    return written, {str(name): int(value) for name, value in rows}


def is_empty(settings: Settings) -> bool:
    with _connected(settings) as connection:
        return not connection.execute(TABLES, [SCHEMA]).fetchall()


def bring_back(settings: Settings, folder: Path, sequences: dict[str, int]) -> None:
    """Fill the tables that the migrations have made: all of them, or none."""
    with _connected(settings) as connection:
        present = _in_order(connection, tables(connection))
        wanted = {path.name for path in (folder / FOLDER).iterdir()}
        if missing := wanted - {Path(table.path).name for table in present}:
            raise NotABackup(f"This Concord has no table for {sorted(missing)[0]}.")
        names = sql.SQL(", ").join(table.identifier for table in present)
        connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
        for table in present:
            if (folder / table.path).exists():
                _fill(connection, table, folder / table.path)
        for name, value in sequences.items():
            connection.execute("SELECT setval(%s::regclass, %s)", [name, value])
        connection.commit()


def tables(connection: Connection) -> list[Table]:
    found = [Table(*row) for row in connection.execute(TABLES, [SCHEMA]).fetchall()]
    return [table for table in found if table.name not in LEFT_OUT]


def _take(connection: Connection, table: Table, folder: Path) -> Path:
    path = folder / table.path
    columns = [row[0] for row in connection.execute(COLUMNS, [_name(connection, table)])]
    statement = sql.SQL("COPY {} ({}) TO STDOUT").format(table.identifier, _list(columns))
    with path.open("wb") as file, connection.cursor() as cursor, cursor.copy(statement) as copy:
        file.write(("\t".join(columns) + "\n").encode())
        for piece in copy:
            file.write(piece)
    return path


def _fill(connection: Connection, table: Table, path: Path) -> None:
    """What triggers keep is in the backup itself; they would write it a second time."""
    triggers = sql.SQL("ALTER TABLE {} {} TRIGGER USER")
    connection.execute(triggers.format(table.identifier, sql.SQL("DISABLE")))
    with path.open("rb") as file:
        columns = file.readline().decode().rstrip("\n").split("\t")
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(table.identifier, _list(columns))
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            while piece := file.read(CHUNK):
                copy.write(piece)
    connection.execute(triggers.format(table.identifier, sql.SQL("ENABLE")))


def _in_order(connection: Connection, found: Sequence[Table]) -> list[Table]:
    """Each table after those it points to."""
    by_name = {_name(connection, table): table for table in found}
    before = {
        name: {row[0] for row in connection.execute(POINTS_TO, [name])} & by_name.keys()
        for name in by_name
    }
    try:
        return [by_name[name] for name in TopologicalSorter(before).static_order()]
    except CycleError as error:
        raise NotABackup(f"These tables point to each other: {error.args[1]}.") from None


def _name(connection: Connection, table: Table) -> str:
    """As PostgreSQL itself writes it."""
    quoted = table.identifier.as_string(connection)
    row = connection.execute("SELECT %s::regclass::text", [quoted]).fetchone()
    assert row is not None
    return str(row[0])


def _list(columns: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


@contextmanager
def _connected(settings: Settings) -> Iterator[Connection]:
    """A plain connection to the configured database; what is not committed is rolled back."""
    engine = create_engine(settings.database_url, hide_parameters=True)
    raw = engine.raw_connection()
    try:
        assert isinstance(raw.driver_connection, Connection)
        yield raw.driver_connection
    finally:
        raw.close()
        engine.dispose()
