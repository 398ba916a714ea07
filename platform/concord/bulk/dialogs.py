"""What a verb's dialog offers, and how its form is read."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from concord.actors import Actor
from concord.bulk.asking import Selection
from concord.errors import Invalid
from concord.identity.assignees import assignees
from concord.installation import current_installation
from concord.lists.fields import Field
from concord.lists.kinds import Kind
from concord.tags.queries import all_tags

INPUTS = {Kind.DAY: "date", Kind.MOMENT: "date", Kind.NUMBER: "number", Kind.CHOICE: "select",
          Kind.TRUTH: "select"}  # fmt: skip
LONGEST = 2000
EMPTY = "-"
"""What a choice sends to clear the field: nothing chosen is not that."""


def fields_of(chosen: Selection, actor: Actor) -> list[Field]:
    """The fields of the list that can be set alike for many records; not their names."""
    known = chosen.bulk.collection.in_for(actor)._declared_fields
    hidden = chosen.bulk.collection.hidden(actor)
    return [
        found
        for found in chosen.found.fields_for(actor)
        if found.editable in known
        and found.editable not in hidden
        and found.name != chosen.found.title
        and found.kind not in (Kind.PERSON, Kind.TEAM, Kind.RECORD)
    ]


def shown_fields(
    session: Session, actor: Actor, chosen: Selection, given: MultiDict[str, str]
) -> dict[str, Any]:
    """What the dialog of this verb needs beside its own words."""
    if chosen.verb.key == "edit":
        fields = fields_of(chosen, actor)
        named = given.get("field", "")
        field = next((f for f in fields if f.editable == named), fields[0] if fields else None)
        choices = [(found.editable, found.label) for found in fields]
        shown = {"choices": choices, "field": field, "input": _input(field)}
        return shown | {"offered": _offered(chosen, actor, field)}
    if chosen.verb.key == "owner":
        return {"colleagues": assignees(session)}
    if chosen.verb.key in ("tag", "untag"):
        return {"tags": all_tags(session)}
    return {}


def typed_values(given: MultiDict[str, str]) -> dict[str, str]:
    names = ("owner_id", "field", "value", "tags")
    return {name: given[name][:LONGEST] for name in names if name in given}


def values_of(
    session: Session, actor: Actor, chosen: Selection, form: MultiDict[str, str]
) -> Mapping[str, Any]:
    """The form as a program would send it."""
    if chosen.verb.key == "owner":
        text = form.get("owner_id", "")
        return {"owner_id": int(text) if text.isascii() and text.isdecimal() else None}
    if chosen.verb.key in ("tag", "untag"):
        texts = [part for text in form.getlist("tags") for part in _split(text)]
        return {"tags": texts}
    if chosen.verb.key == "edit":
        return {"changes": _changes(chosen, actor, form)}
    return {}


def _changes(chosen: Selection, actor: Actor, form: MultiDict[str, str]) -> dict[str, Any]:
    named = form.get("field", "")
    field = next((f for f in fields_of(chosen, actor) if f.editable == named), None)
    if field is None:
        raise Invalid({"field": [_("Choose a field.")]})
    text = form.get("value", "").strip()
    if _input(field) == "select":
        if not text:
            raise Invalid({"value": [_("Choose a value.")]})
        text = "" if text == EMPTY else text
    try:
        return {named: _as_json(field, text)}
    except ValueError:
        raise Invalid({"value": [_("Write a number.")]}) from None


def _as_json(field: Field, text: str) -> Any:
    if not text:
        return None
    if field.kind is Kind.NUMBER:
        return int(text)
    if field.kind is Kind.TRUTH:
        return text == "true"
    if field.kind is Kind.MONEY:
        return {"amount": text, "currency": current_installation().settings.currency}
    return text


def _offered(chosen: Selection, actor: Actor, field: Field | None) -> list[tuple[str, str]]:
    """The values of a choice; to clear it too, where it may be empty."""
    if field is None:
        return []
    known = chosen.bulk.collection.in_for(actor)._declared_fields[str(field.editable)]
    empty = [(EMPTY, _("Empty"))] if known.allow_none else []
    if field.kind is Kind.TRUTH:
        return [*empty, ("true", _("Yes")), ("false", _("No"))]
    return [*empty, *((value, str(label)) for value, label in field.options)]


def _input(field: Field | None) -> str:
    return INPUTS.get(field.kind, "text") if field is not None else "text"


def _split(text: str) -> list[str]:
    parts = text.replace("，", ",").replace("、", ",").split(",")
    return [part for part in parts if part.strip()]
