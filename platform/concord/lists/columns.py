"""Choosing columns, their order, and by what the list is sorted."""

from typing import Any

from flask import redirect, request
from werkzeug.wrappers import Response

from concord.lists.asking import address, query_of
from concord.lists.page import asked_of, reach
from concord.lists.permissions import Lists
from concord.web.pages import go_to, render
from concord.web.request import actor, is_fragment
from concord.web.routing import Routes

routes = Routes("list_columns", __name__)
MOST_SORTS = 3


@routes.get("/lists/<key>/columns", permission=Lists.LIST_READ)
def choose(key: str) -> Response:
    list_type = reach(key)
    _views, asked = asked_of(list_type)
    fields = list_type.fields_for(actor())
    names = asked.look.columns or list_type.columns
    chosen = [known for name in names if (known := fields.get(name)) is not None]
    others = [known for known in fields.shown() if known not in chosen]
    shown: dict[str, Any] = {"list": list_type, "chosen": chosen, "others": others}
    shown |= {"query": query_of(asked), "back": address(list_type, asked)}
    return render("lists/columns.html", **shown)


@routes.get("/lists/<key>/columns/applied", permission=Lists.LIST_READ)
def apply(key: str) -> Response:
    list_type = reach(key)
    _views, asked = asked_of(list_type)
    known = {field.name for field in list_type.fields_for(actor()).shown()}
    names = [name for name in request.args.getlist("shown") if name in known]
    return _lead(address(list_type, asked, columns=",".join(dict.fromkeys(names)) or None))


@routes.get("/lists/<key>/sort", permission=Lists.LIST_READ)
def sort(key: str) -> Response:
    list_type = reach(key)
    _views, asked = asked_of(list_type)
    fields = list_type.fields_for(actor()).sortable()
    chosen = [*(asked.look.sort or list_type.sort), *[""] * MOST_SORTS][:MOST_SORTS]
    shown: dict[str, Any] = {"list": list_type, "fields": fields, "chosen": chosen}
    shown |= {"query": query_of(asked), "back": address(list_type, asked)}
    return render("lists/sort.html", **shown)


@routes.get("/lists/<key>/sort/applied", permission=Lists.LIST_READ)
def sorted_by(key: str) -> Response:
    list_type = reach(key)
    _views, asked = asked_of(list_type)
    known = {field.name for field in list_type.fields_for(actor()).sortable()}
    names = request.args.getlist("by_field")[:MOST_SORTS]
    ways = request.args.getlist("way")
    found = [
        f"-{name}" if place < len(ways) and ways[place] == "down" else name
        for place, name in enumerate(names)
        if name in known
    ]
    return _lead(address(list_type, asked, sort=",".join(dict.fromkeys(found)) or None))


def _lead(url: str) -> Response:
    return go_to(url) if is_fragment() else redirect(url, 303)
