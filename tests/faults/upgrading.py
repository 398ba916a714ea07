"""Upgrades in processes of their own that are killed before the statement that a test names."""

import os
import signal
from collections.abc import Callable
from typing import Any

from alembic import command
from sqlalchemy import Connection, Engine, event, inspect, text

from concord.database.base import Model
from concord.installation import Installation
from concord.migrations.alembic_setup import configuration, migrating_connection, scripts
from concord.migrations.run import upgrade
from concord.migrations.state import VERSION_TABLE

HISTORY = [script.revision for script in reversed(list(scripts().walk_revisions()))]
Rows = dict[str, list[tuple[Any, ...]]]
Columns = dict[str, list[str]]


def killed_before(statement: int, work: Callable[[], object]) -> bool:
    """Do `work` in a copy of this process that ends by force before its so manieth statement.

    False where there were not so many: it is done. Nothing that is open may be shared: the
    database of whoever calls has to be disposed of.
    """
    child = os.fork()
    if child == 0:
        _work_until(statement, work)
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.waitstatus_to_exitcode(status) == 0, "it failed by itself"
    return False


def _work_until(statement: int, work: Callable[[], object]) -> None:
    asked = 0

    def count(*_: Any) -> None:
        nonlocal asked
        asked += 1
        if asked == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        event.listen(Engine, "before_cursor_execute", count)
        work()
        os._exit(0)
    finally:
        os._exit(1)


def upgraded(installation: Installation, to: str) -> list[str]:
    with migrating_connection(installation.settings) as connection:
        return upgrade(connection, to)


def go_back(installation: Installation, to: str) -> None:
    """The same rows as an earlier release would hold them, as far as it could."""
    with migrating_connection(installation.settings) as connection:
        command.downgrade(configuration(connection), to)


def schema(connection: Connection) -> dict[str, Any]:
    """What there is, by names: of our tables only."""
    looking = inspect(connection)
    found = {}
    for table in sorted(set(looking.get_table_names()) & set(Model.metadata.tables)):
        columns = looking.get_columns(table)
        found[table] = (
            {(one["name"], str(one["type"]), one["nullable"]) for one in columns},
            looking.get_pk_constraint(table)["constrained_columns"],
            {(str(one["name"]), one["referred_table"]) for one in looking.get_foreign_keys(table)},
            {str(one["name"]) for one in looking.get_unique_constraints(table)},
            {str(one["name"]) for one in looking.get_indexes(table)},
        )
    return found


def triggers(connection: Connection) -> set[str]:
    question = (
        "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    return set(connection.scalars(text(question)))


def columns_of(connection: Connection) -> Columns:
    looking = inspect(connection)
    tables = sorted(set(looking.get_table_names()) & set(Model.metadata.tables))
    return {table: sorted(one["name"] for one in looking.get_columns(table)) for table in tables}


def rows(connection: Connection, columns: Columns) -> Rows:
    """All of these columns, in whatever order, but for what the program furnishes anew."""
    found = {}
    for table, names in columns.items():
        if table == VERSION_TABLE:
            continue
        chosen = ", ".join(f'"{name}"' for name in names)
        answer = connection.execute(text(f'SELECT {chosen} FROM "{table}"'))  # noqa: S608
        found[table] = sorted((tuple(map(str, row)) for row in answer), key=repr)
    return found
