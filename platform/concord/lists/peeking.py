"""What matters most about a record, beside a list or beside whatever one is doing."""

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.errors import NotFound
from concord.lists import rows
from concord.lists.registry import every_list
from concord.lists.types import Asked, ListType
from concord.records.access import find_record
from concord.records.models import Record
from concord.timeline.panel import shown_entry
from concord.timeline.queries import page as timeline_page

LATEST = 4


def peeked(
    session: Session, actor: Actor, list_type: ListType, record: Record, asked: Asked | None = None
) -> dict[str, Any]:
    """A record of a list: its mark, its badges, its other fields, its latest entries."""
    everything = _everything(list_type, actor, asked or Asked(look=list_type.look))
    row = rows.one(session, actor, list_type, everything, record.id)
    if row is None:
        raise NotFound
    columns = rows.columns_of(list_type, list_type.fields_for(actor), everything)
    pairs = zip(columns, row.cells, strict=True)
    known = [(field, cell) for field, cell in pairs if cell.text and field.name != list_type.title]
    return {
        "id": record.id,
        "title": row.title,
        "url": row.url,
        "hued": list_type.hued,
        "facts": [(field, cell) for field, cell in known if cell.look != "badge"],
        "badges": [cell for _field, cell in known if cell.look == "badge"],
        "entries": _latest(session, actor, record),
    }


def peeked_anywhere(session: Session, actor: Actor, record_id: int) -> dict[str, Any]:
    """Any record that the actor may open, with the fields of the first list that it stands in."""
    record, record_type = find_record(session, actor, record_id)
    for list_type in every_list():
        if list_type.kind == record.kind and actor.may(list_type.permission):
            try:
                return peeked(session, actor, list_type, record)
            except NotFound:
                continue  # a customer is not in the list of suppliers
    return {
        "id": record.id,
        "title": record.title,
        "url": record_type.url(record_id, actor.face),
        "hued": False,
        "facts": [],
        "badges": [],
        "entries": _latest(session, actor, record),
    }


def _everything(list_type: ListType, actor: Actor, asked: Asked) -> Asked:
    shown = tuple(field.name for field in list_type.fields_for(actor).shown())
    return replace(asked, look=replace(asked.look, columns=shown, group=None))


def _latest(session: Session, actor: Actor, record: Record) -> list[Any]:
    entries = timeline_page(session, actor, record, limit=LATEST).entries
    return [shown_entry(entry) for entry in entries]
