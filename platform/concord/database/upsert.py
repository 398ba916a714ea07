"""Counters raised in one statement, rows locked in the order given: the same on both engines."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from concord.database.base import Model


def upsert_counters(
    session: Session,
    model: type[Model],
    rows: Sequence[Mapping[str, int]],
    *,
    keys: tuple[str, ...],
    defaults: Mapping[str, Any] | None = None,
) -> dict[tuple[int, ...], int]:
    """Add each row's `position` to the counter its keys name; gives key → new position.

    `rows` must be sorted by key: that is the order in which the counters are locked, and every
    transaction must use the same one.
    """
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    table: Any = model.__table__
    statement = insert(table).values([{**(defaults or {}), **row} for row in rows])
    raised = statement.on_conflict_do_update(
        index_elements=[table.c[key] for key in keys],
        set_={"position": table.c.position + statement.excluded.position},
    ).returning(*(table.c[key] for key in keys), table.c.position)
    return {tuple(row[:-1]): row[-1] for row in session.execute(raised)}
