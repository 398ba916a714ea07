"""Editing a filter: which field, compared how, with what. Each step is an address of its own."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Invalid
from concord.lists import choosing
from concord.lists.asking import address, query_of
from concord.lists.conditions import Reading
from concord.lists.fields import Field
from concord.lists.kinds import OPERATORS, Kind, operator_of
from concord.lists.page import asked_of, reach
from concord.lists.permissions import Lists
from concord.lists.tree import Condition, Group
from concord.lists.types import Asked, ListType
from concord.web.pages import go_to, render
from concord.web.request import actor, is_fragment, session
from concord.web.routing import Routes

routes = Routes("list_filters", __name__)

DATED = (Kind.DAY, Kind.MOMENT)
CHOSEN = (Kind.CHOICE, Kind.PERSON, Kind.TEAM, Kind.RECORD, Kind.TRUTH, Kind.TAGS)
COUNTED = ("last_days", "next_days", "days_ago")
MOST_PARTS = 8


@routes.get("/lists/<key>/filter", permission=Lists.LIST_READ)
def edit(key: str) -> Response:
    """The first step names the field; with `for` the second asks for the rest.

    `path` is the condition that is changed, `or` the one beside which another is put.
    """
    list_type = reach(key)
    _views, asked = asked_of(list_type)
    standing = _standing(asked)
    name = request.args.get("for") or (standing.field if standing and not _renaming() else "")
    known = list_type.fields_for(actor()).get(name)
    if known is None or not known.filterable:
        fields = list_type.fields_for(actor()).filterable()
        return render(
            "lists/filter_field.html", chosen=name, fields=fields, **_around(list_type, asked)
        )
    values = list(standing.values) if standing is not None and standing.field == name else []
    op = request.args.get("op") or (standing.op if (standing and values) or standing else "")
    return _editor(list_type, asked, known, op, values)


@routes.get("/lists/<key>/filter/applied", permission=Lists.LIST_READ)
def apply(key: str) -> Response:
    """Lead to the list with the condition in its filter; nonsense comes back with a sentence."""
    list_type = reach(key)
    _views, asked = asked_of(list_type)
    known = list_type.fields_for(actor()).get(request.args.get("for", ""))
    if known is None or not known.filterable:
        raise Invalid({"for": [_("There is no such filter.")]})
    condition = Condition(known.name, request.args.get("op", ""), _sent(known))
    reading = Reading(session(), actor(), list_type.fields_for(actor()))
    try:
        reading.compare(known, condition)
        changed = _placed(asked.look.filter, condition)
    except ValueError as error:
        return _editor(list_type, asked, known, condition.op, list(condition.values), [str(error)])
    url = address(list_type, asked, filter=changed.as_text())
    return go_to(url) if is_fragment() else redirect(url, 303)


@routes.get("/lists/<key>/filter/without", permission=Lists.LIST_READ)
def without(key: str) -> Response:
    """Lead to the list without one condition."""
    list_type = reach(key)
    _views, asked = asked_of(list_type)
    changed = asked.look.filter.put(path_of(request.args.get("path", "")), None)
    return redirect(address(list_type, asked, filter=changed.as_text()), 303)


def path_of(text: str) -> tuple[int, ...]:
    parts = text.split(".")
    if len(parts) > MOST_PARTS or not all(
        p.isascii() and p.isdecimal() and len(p) < 4 for p in parts
    ):
        raise Invalid({"path": [_("There is no such condition.")]})
    return tuple(int(part) for part in parts)


def _placed(tree: Group, condition: Condition) -> Group:
    """The filter with the condition in place of another, beside one as "or", or at the end."""
    if text := request.args.get("path"):
        return tree.put(path_of(text), condition)
    if text := request.args.get("or"):
        path = path_of(text)
        parent = tree.at(path[:-1])
        if isinstance(parent, Group) and parent.joint == "any":
            return tree.put((*path[:-1], len(parent.parts)), condition)
        return tree.put(path, Group("any", (tree.at(path), condition)))
    if tree.joint == "any" and tree:
        return Group("all", (tree, condition))
    return tree.put((len(tree.parts),), condition)


def _standing(asked: Asked) -> Condition | None:
    text = request.args.get("path")
    found = asked.look.filter.at(path_of(text)) if text else None
    return found if isinstance(found, Condition) else None


def _renaming() -> bool:
    return "rename" in request.args


def _sent(known: Field) -> tuple[str, ...]:
    """The values of the editor's inputs. Of a day, the word or the date, whichever is there."""
    operator = operator_of(known.kind, request.args.get("op", ""))
    if operator is None or operator.most == 0:
        return ()
    values = [value.strip() for value in request.args.getlist("value")]
    if known.kind in DATED and operator.name not in COUNTED:
        words = request.args.getlist("word")
        values = [
            (words[n] if n < len(words) else "") or (values[n] if n < len(values) else "")
            for n in range(operator.most)
        ]
    found = [value for value in values if value]
    if len(found) < operator.least:
        return tuple(found)
    return tuple(found[: operator.most])


def _editor(
    list_type: ListType,
    asked: Asked,
    known: Field,
    op: str,
    values: Sequence[str],
    errors: Sequence[str] = (),
) -> Response:
    operators = OPERATORS[known.kind]
    operator = operator_of(known.kind, op) or operators[0]
    shape = "plain"
    if operator.most == 0:
        shape = "none"
    elif operator.name in COUNTED:
        shape = "days"
    elif known.kind in DATED:
        shape = "dates"
    elif known.kind in CHOSEN:
        shape = "one" if operator.most == 1 else "many"
    shown: dict[str, Any] = {
        "known": known,
        "operators": operators,
        "operator": operator,
        "values": [*values, *[""] * (2 - len(values))],
        "shape": shape,
        "offers": choosing.offers(session(), actor(), list_type, known, filtering=True),
        "periods": choosing.periods(),
        "errors": errors,
    }
    return render("lists/filter.html", 422 if errors else 200, **shown, **_around(list_type, asked))


def _around(list_type: ListType, asked: Asked) -> dict[str, Any]:
    beside = {name: request.args[name] for name in ("path", "or") if name in request.args}
    return {
        "list": list_type,
        "back": address(list_type, asked),
        "query": query_of(asked, **beside),
    }
