"""Changing one field of one record from a list: in its cell, by dropping its card, by an undo."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from marshmallow import RAISE, ValidationError
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.errors import Forbidden, Invalid
from concord.installation import current_installation
from concord.lists.fields import Field
from concord.lists.types import ListType
from concord.records.access import get
from concord.records.models import Record
from concord.web.forms import sentences


@dataclass(frozen=True, slots=True)
class Editable:
    """A record and one of its fields, as its editor starts from it: `value` is the form's text."""

    record: Record
    field: Field
    value: str


def editable(
    session: Session, actor: Actor, list_type: ListType, record_id: int, name: str
) -> Editable:
    """What an editor of this cell needs. NotFound unseen, Forbidden where it may not be changed."""
    known = list_type.fields_for(actor).get(name)
    if known is None or known.editable is None or list_type.form is None:
        raise Forbidden(_("This cannot be changed here."))
    record = reach(session, actor, list_type, record_id)
    return Editable(record, known, text_of(actor, list_type, known, record))


def reach(session: Session, actor: Actor, list_type: ListType, record_id: int) -> Record:
    """The record, if it is one of the list and the actor may change it."""
    model = current_installation().records[list_type.kind].model
    record: Record = get(session, actor, model, record_id, permission=list_type.permission_write)
    return record


def change(
    session: Session,
    actor: Actor,
    list_type: ListType,
    record: Record,
    known: Field,
    value: str,
    original: str | None,
) -> None:
    """Set one field as the noun's own form would. Invalid and Conflict come from there."""
    if list_type.form is None or list_type.edit is None or known.editable is None:
        raise Forbidden(_("This cannot be changed here."))
    schema = list_type.form(actor)
    name = known.editable
    if name not in schema.fields:
        raise Forbidden(_("This cannot be changed here."))
    field = schema.fields[name]
    sent = None if value == "" and field.allow_none else value
    try:
        changes: dict[str, Any] = schema.load({name: sent}, partial=True, unknown=RAISE)
    except ValidationError as error:
        raise Invalid(sentences(error.messages_dict)) from None
    originals: dict[str, Any] = {}
    if original is not None:
        originals[field.attribute or name] = _as_typed(field, original)
    list_type.edit(session, actor, record, changes, originals)
    session.flush()


def text_of(actor: Actor, list_type: ListType, known: Field, record: Record) -> str:
    """The field's value as its form holds it."""
    assert list_type.form is not None
    schema, name = list_type.form(actor), str(known.editable)
    field = schema.fields[name]
    shown = list_type.starting(actor, record) if list_type.starting is not None else {}
    if name in shown:
        return shown[name]
    value = getattr(record, field.attribute or name)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return str(field._serialize(value, None, None))


def _as_typed(field: Any, text: str) -> Any:
    if text == "" and field.allow_none:
        return None
    try:
        return field.deserialize(text)
    except ValidationError:
        return text
