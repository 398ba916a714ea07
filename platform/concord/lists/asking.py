"""What an address asks of a list, and the address that asks for something else."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from flask import url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from concord.actors import Actor
from concord.api.filtering import single
from concord.errors import Invalid
from concord.lists import tree
from concord.lists.fields import Fields
from concord.lists.looks import LAYOUTS, MOST_NAMES
from concord.lists.tree import Condition, Group
from concord.lists.types import Asked, ListType, Look
from concord.lists.views import View, Views

LOOK = ("filter", "sort", "group", "columns", "layout", "by")
KEPT = ("view", "q", "archived", "closed", "month")
BESIDE = (*KEPT, "cursor", "limit")
PARTS = frozenset({*LOOK, *BESIDE})
LONGEST_SEARCH = 100
MOST_CLOSED = 100
READABLE = "/:;,()|@"


def read(list_type: ListType, actor: Actor, views: Views, arguments: MultiDict[str, str]) -> Asked:
    """The query of a list's address; Invalid names each part that makes no sense.

    A field's own name is short for a filter: `?tier=gold`. What is not named is as in the view.
    """
    given, fields = single(arguments), list_type.fields_for(actor)
    if given.pop("mine", "") and "view" not in given:
        given["view"] = "mine"
    view = views.get(given.get("view") or views.first)
    if view is None:
        raise Invalid({"view": [_("There is no such view.")]})
    short = [_short(fields, name, given[name]) for name in given if _is_short(fields, name)]
    filtered = "filter" in given or bool(short)
    look = replace(_sensible(list_type, fields, view.look), **_own(list_type, fields, given))
    wanted = tree.read(given["filter"]) if "filter" in given else _of_view(list_type, view, look)
    look = replace(look, filter=_with(wanted, short))
    archived = _archived(list_type, actor, given)
    return Asked(
        look=replace(look, layout="list") if archived else look,
        words=_words(given.get("q", "")),
        view=view.key,
        saved=not filtered,
        cursor=given.get("cursor") or None,
        closed=tuple(given.get("closed", "").split(",")[:MOST_CLOSED]) if "closed" in given else (),
        month=given.get("month", ""),
        archived=archived,
        given=_kept(given, look.filter if short else None),
    )


def address(list_type: ListType, asked: Asked, /, **changes: Any) -> str:
    """The list's address with some parts changed; None takes a part out."""
    parts = {**asked.given, **changes}
    parts = {name: value for name, value in parts.items() if value is not None}
    query = urlencode(parts, safe=READABLE, quote_via=quote)
    return url_for(list_type.endpoint) + (f"?{query}" if query else "")


def query_of(asked: Asked, /, **changes: Any) -> dict[str, str]:
    """The same as parameters, for addresses of parts of the list."""
    parts = {"view": asked.view, **asked.given, **changes}
    return {name: str(value) for name, value in parts.items() if value is not None}


def part(endpoint: str, list_type: ListType, asked: Asked, /, **values: Any) -> str:
    """The address of a part of the list, for what is asked now."""
    return url_for(endpoint, key=list_type.key, **{**query_of(asked), **values})


def _of_view(list_type: ListType, view: View, look: Look) -> Group:
    """On a board a brought view leaves to the columns what they say: a card that moves stays."""
    wanted = view.look.filter
    if view.id is not None or look.layout != "board" or not list_type.board:
        return wanted
    by = look.by if look.by in list_type.board else list_type.board[0]
    kept = (p for p in wanted.parts if not (isinstance(p, Condition) and p.field == by))
    return replace(wanted, parts=tuple(kept))


def _archived(list_type: ListType, actor: Actor, given: Mapping[str, str]) -> bool:
    if not given.get("archived"):
        return False
    if given["archived"] != "1" or not list_type.may_restore(actor):
        raise Invalid({"archived": [_("There is no such view.")]})
    return True


def _own(list_type: ListType, fields: Fields, given: Mapping[str, str]) -> dict[str, Any]:
    """What the address itself says of the look; nonsense is refused by name."""
    found: dict[str, Any] = {}
    if "sort" in given:
        found["sort"] = _each("sort", given["sort"], {f.name for f in fields.sortable()})
    if "columns" in given:
        found["columns"] = _each("columns", given["columns"], {f.name for f in fields.shown()})
    if "group" in given:
        names = {field.name for field in fields.groupable()}
        found["group"] = next(iter(_each("group", given["group"], names)), None)
    if "layout" in given:
        if given["layout"] not in LAYOUTS:
            raise Invalid({"layout": [_("Choose list, board or calendar.")]})
        found["layout"] = given["layout"]
    if "by" in given:
        names = {*list_type.board, *list_type.calendar}
        found["by"] = next(iter(_each("by", given["by"], names)), None)
    return found


def _each(part: str, text: str, known: set[str]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name for name in text.split(",") if name))
    unknown = [name for name in names if name.removeprefix("-") not in known]
    if unknown or len(names) > MOST_NAMES:
        sentence = _("There is no such field: %(name)s.", name=unknown[0][:80] if unknown else "…")
        raise Invalid({part: [sentence]})
    return names


def _sensible(list_type: ListType, fields: Fields, look: Look) -> Look:
    """A view without the names that are gone, or that this reader does not have."""
    sortable = {field.name for field in fields.sortable()}
    shown = {field.name for field in fields.shown()}
    groupable = {field.name for field in fields.groupable()}
    return replace(
        look,
        sort=tuple(name for name in look.sort if name.removeprefix("-") in sortable),
        columns=tuple(name for name in look.columns if name in shown),
        group=look.group if look.group in groupable else None,
        by=look.by if look.by in {*list_type.board, *list_type.calendar} else None,
    )


def _is_short(fields: Fields, name: str) -> bool:
    if name in LOOK or name in BESIDE:
        return False
    field = fields.get(name)
    return field is not None and field.filterable


def _short(fields: Fields, name: str, value: str) -> Condition | None:
    return Condition(name, "is", (value,)) if value else None


def _with(wanted: Group, short: list[Condition | None]) -> Group:
    conditions = tuple(condition for condition in short if condition is not None)
    if not conditions:
        return wanted
    if wanted.joint == "all":
        return Group("all", (*wanted.parts, *conditions))
    return Group("all", (wanted, *conditions))


def _words(text: str) -> str:
    if len(text.strip()) > LONGEST_SEARCH:
        raise Invalid({"q": [_("Search for something shorter.")]})
    return text.strip()


def _kept(given: Mapping[str, str], filtered: Group | None) -> dict[str, str]:
    """The parts of an address that the next one keeps: all but the page."""
    kept = {name: given[name] for name in (*LOOK, *KEPT) if given.get(name) is not None}
    if filtered is not None:
        kept["filter"] = filtered.as_text()
    if not kept.get("q"):
        kept.pop("q", None)
    return kept
