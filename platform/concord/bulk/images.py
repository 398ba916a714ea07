"""What stood in a record before a change, and putting it back where nobody has been since."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlalchemy import event, inspect
from sqlalchemy.orm import CompositeProperty, Session

from concord.records.models import Record

Image: TypeAlias = dict[str, Any]
"""Column → [before, after], as JSON."""
UNSEEN = frozenset({"id", "kind", "version", "updated_at", "sort_key"})
TOGETHER = (("owner_id", "team_id"),)


@contextmanager
def watching(session: Session) -> Iterator[dict[int, Image]]:
    """Collects, by record, what changes inside the block; complete after its last flush."""
    images: dict[int, Image] = {}

    def look(session: Session, _context: object, _instances: object) -> None:
        for row in session.dirty:
            if isinstance(row, Record):
                _collect(images, row)

    event.listen(session, "before_flush", look)
    try:
        yield images
    finally:
        event.remove(session, "before_flush", look)


def _collect(images: dict[int, Image], record: Record) -> None:
    state = inspect(record)
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if attribute.key in UNSEEN or not history.has_changes():
            continue
        before, after = (plain(next(iter(part), None)) for part in (history.deleted, history.added))
        image = images.setdefault(record.id, {})
        image[attribute.key] = [image.get(attribute.key, [before])[0], after]


def put_back(record: Record, image: Image) -> list[str]:
    """Set what the image holds as it was before; gives the columns that somebody changed since.

    Columns that say one thing together (an amount and its currency) go back together.
    """
    left: list[str] = []
    for group in _groups(record, image):
        if all(plain(getattr(record, name)) == image[name][1] for name in group):
            for name in group:
                setattr(record, name, _typed(record, name, image[name][0]))
        else:
            left += group
    return left


def plain(value: Any) -> Any:
    """A column's value as JSON holds it."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def _typed(record: Record, name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    kind: Any = inspect(type(record)).columns[name].type
    stored = getattr(kind, "impl_instance", kind).python_type
    return stored.fromisoformat(value) if stored in (date, datetime) else value


def _groups(record: Record, image: Mapping[str, Any]) -> list[list[str]]:
    mapper = inspect(type(record))
    composites = [
        tuple(column.key for column in found.props)
        for found in mapper.attrs
        if isinstance(found, CompositeProperty)
    ]
    waiting = dict.fromkeys(name for name in image if name in mapper.column_attrs)
    found: list[list[str]] = []
    for together in (*TOGETHER, *composites):
        if group := [name for name in together if name in waiting]:
            found.append(group)
            for name in group:
                del waiting[name]
    return found + [[name] for name in waiting]
