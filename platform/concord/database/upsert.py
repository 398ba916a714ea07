"""Rows inserted or, where they are there already, changed: the same on both engines.

A statement is built once and sent with its rows: written with the values in it, it would be built
and compiled anew each time.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Row
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from concord.database.base import Model

Values = Mapping[str, Any]
Names = tuple[str, ...]


def upsert(session: Session, model: type[Model], rows: Sequence[Values], keys: Names = ()) -> None:
    """Insert, or set what is there already; without keys what is there stays as it is.

    All rows have the same columns.
    """
    if rows:
        statement = _setting(_dialect(session), model, tuple(rows[0]), keys)
        session.execute(statement, [dict(row) for row in rows])


def upsert_counters(
    session: Session,
    model: type[Model],
    rows: Sequence[Mapping[str, int]],
    *,
    keys: Names,
    defaults: Values | None = None,
) -> dict[tuple[int, ...], Row[Any]]:
    """Add each row's `position` to the counter its keys name; gives key → the counter as it is now.

    `rows` must be sorted by key: that is the order in which the counters are locked, and every
    transaction must use the same one.
    """
    raised = session.execute(
        _raising(_dialect(session), model, keys), [{**(defaults or {}), **row} for row in rows]
    )
    return {tuple(getattr(row, key) for key in keys): row for row in raised}


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


@cache
def _setting(dialect: str, model: type[Model], names: Names, keys: Names) -> Any:
    statement = _insert(dialect, model)
    if not keys:
        return statement.on_conflict_do_nothing()
    changed = {name: statement.excluded[name] for name in names if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


@cache
def _raising(dialect: str, model: type[Model], keys: Names) -> Any:
    statement, counter = _insert(dialect, model), model.__table__.c
    raised = {"position": counter.position + statement.excluded.position}
    return statement.on_conflict_do_update(index_elements=keys, set_=raised).returning(*counter)


def _insert(dialect: str, model: type[Model]) -> Any:
    table: Any = model.__table__
    return (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)
