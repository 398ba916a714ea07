"""Everything in the database that is sealed: which keys it needs, and sealing it anew."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Select, Table, select, update
from sqlalchemy.orm import Session

from concord import keyring
from concord.database.base import Model
from concord.database.engine import Database
from concord.keyring import PREFIX, key_of, resealed
from concord.organisation import Setting

AT_ONCE = 200


def uses(session: Session) -> Counter[str]:
    """How many sealed texts need each key, by its name."""
    needed: Counter[str] = Counter()
    for _table, column in _columns():
        for sealed in session.scalars(select(column).where(column.is_not(None))):
            needed[key_of(sealed)] += 1
    for value in session.scalars(select(Setting.value)):
        needed.update(key_of(sealed) for sealed in _inside(value))
    return needed


def renew(database: Database) -> int:
    """Seal everything under the newest key, a few rows at a time; gives how many texts that were.

    May be interrupted and begun again. A row that changed meanwhile was sealed anew by that.
    """
    newest = keyring.all_keys()[0].name
    renewed = sum(_renew_column(database, *place, newest) for place in _columns())
    return renewed + _renew_settings(database, newest)


def _columns() -> Iterator[tuple[Table, Column[Any]]]:
    for table in Model.metadata.sorted_tables:
        for column in table.columns:
            if column.info.get("sealed"):
                yield table, column


def _renew_column(database: Database, table: Table, column: Column[Any], newest: str) -> int:
    renewed = 0
    while True:
        with database.writing() as session:
            rows = session.execute(_outdated(table, column, newest)).all()
            for *identity, sealed in rows:
                keys = zip(table.primary_key.columns, identity, strict=True)
                row = update(table).where(column == sealed, *(key == value for key, value in keys))
                session.execute(row.values({column: resealed(sealed)}))
            session.commit()
        renewed += len(rows)
        if not rows:
            return renewed


def _outdated(table: Table, column: Column[Any], newest: str) -> Select[Any]:
    query = select(*table.primary_key.columns, column).where(
        column.is_not(None), ~column.startswith(f"{PREFIX}{newest}:", autoescape=True)
    )
    return query.limit(AT_ONCE).with_for_update()


def _renew_settings(database: Database, newest: str) -> int:
    renewed = 0
    with database.writing() as session:
        for setting in session.scalars(select(Setting).with_for_update()):
            old = [sealed for sealed in _inside(setting.value) if key_of(sealed) != newest]
            if old:
                setting.value = _with(setting.value, {sealed: resealed(sealed) for sealed in old})
                renewed += len(old)
        session.commit()
    return renewed


def _inside(value: Any) -> Iterator[str]:
    """The sealed texts in a setting, however deep."""
    if isinstance(value, str) and value.startswith(PREFIX):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _inside(part)


def _with(value: Any, replaced: dict[str, str]) -> Any:
    match value:
        case str():
            return replaced.get(value, value)
        case dict():
            return {name: _with(part, replaced) for name, part in value.items()}
        case list():
            return [_with(part, replaced) for part in value]
    return value
