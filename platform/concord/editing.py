"""Changing a record that others may be changing too: what does not overlap merges by itself."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from concord.database.base import Model
from concord.errors import Conflict, FieldConflict, Stale

Changed = dict[str, tuple[Any, Any]]


def edit(
    session: Session,
    record: Model,
    changes: Mapping[str, Any],
    originals: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
) -> Changed:
    """Set the attributes in `changes`; gives those that really changed as (before, after).

    `originals` are the values the editor started from: a field that somebody else has changed
    since raises Conflict, unless this editor left it alone or chose the same value.
    `expected_version` raises Stale where it is not the record's own. Nothing is set when it
    raises. The row is locked first, so that what is compared is what will be replaced.
    """
    if originals or expected_version is not None:
        _lock(session, record)
    if expected_version is not None and expected_version != getattr(record, "version", None):
        raise Stale(getattr(record, "version", None))
    before = {name: getattr(record, name) for name in changes}
    touched = _touched(before, changes, originals or {})
    for name, value in touched.items():
        setattr(record, name, _as_stored(record, name, value))
    return {name: (before[name], getattr(record, name)) for name in touched}


def same(left: Any, right: Any) -> bool:
    """Whether two values are one as stored: space around text and empty or missing do not count."""
    left, right = _plain(left), _plain(right)
    if isinstance(left, str) != isinstance(right, str) and None not in (left, right):
        return _text(left) == _text(right)
    return bool(left == right)


def _touched(
    current: Mapping[str, Any], changes: Mapping[str, Any], originals: Mapping[str, Any]
) -> dict[str, Any]:
    touched: dict[str, Any] = {}
    conflicts: list[FieldConflict] = []
    for name, mine in changes.items():
        theirs = current[name]
        original = originals.get(name, theirs)
        if same(mine, theirs) or (name in originals and same(mine, original)):
            continue
        if same(original, theirs):
            touched[name] = mine
        else:
            conflicts.append(FieldConflict(name, original, theirs, mine))
    if conflicts:
        raise Conflict(conflicts)
    return touched


def _lock(session: Session, record: Model) -> None:
    """Hold the rows and read them again. SQLite has one writer, who has read what there is.

    Of every table of the noun: after waiting, PostgreSQL reads anew only what it has locked.
    """
    if session.get_bind().dialect.name == "sqlite":
        return
    session.flush()
    session.refresh(record, with_for_update={"of": type(record)})


def _as_stored(record: Model, name: str, value: Any) -> Any:
    """Text without space around it; empty text is no value where the column can say so."""
    if not isinstance(value, str):
        return value
    column = inspect(record).mapper.columns.get(name)
    return _plain(value) if column is None or column.nullable else _plain(value) or ""


def _plain(value: Any) -> Any:
    return value.replace("\r\n", "\n").strip() or None if isinstance(value, str) else value


def _text(value: Any) -> str:
    """A form's text for a value: the original of a day or a number comes back as it was shown."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)
