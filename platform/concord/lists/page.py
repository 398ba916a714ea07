"""The page of any list: its views, its filter in words, and its records in one of three layouts."""

from dataclasses import replace
from typing import Any

from flask import request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from concord.actors import Actor
from concord.api.filtering import read_limit
from concord.errors import Forbidden
from concord.installation import current_installation
from concord.lists import rows
from concord.lists.asking import PARTS, address, query_of, read
from concord.lists.boards import board
from concord.lists.calendars import calendar
from concord.lists.conditions import Ignored
from concord.lists.groups import Section, Total, sections
from concord.lists.permissions import Lists
from concord.lists.registry import list_named
from concord.lists.sentences import said
from concord.lists.types import Asked, ListType
from concord.lists.views import View, Views, views_of
from concord.web.pages import render
from concord.web.request import actor, is_fragment, session

Context = dict[str, Any]


def list_page(key: str) -> Response:
    """A noun's list at its own address: the whole page, or the list alone for a fragment."""
    list_type = reach(key)
    views = views_of(session(), actor(), list_type)
    asked = read(list_type, actor(), views, request.args)
    shown = frame(session(), actor(), list_type, views, asked)
    if is_fragment():
        return render("lists/answer.html", **shown)
    return render("lists/page.html", **shown)


def reach(key: str) -> ListType:
    """The list, if the actor may see it."""
    list_type = list_named(key)
    if not actor().may(list_type.permission):
        raise Forbidden
    return list_type


def asked_of(list_type: ListType) -> tuple[Views, Asked]:
    """The views of a list and what the request's address asks of it."""
    views = views_of(session(), actor(), list_type)
    own = [(name, text) for name, text in request.args.items(multi=True) if name in PARTS]
    return views, read(list_type, actor(), views, MultiDict(own))


def frame(session: Session, who: Actor, list_type: ListType, views: Views, asked: Asked) -> Context:
    """Everything around the records, and the records."""
    fields = list_type.fields_for(who)
    shown, ignored = layout(session, who, list_type, asked)
    words = said(session, who, fields, asked.look.filter, ignored)
    view = views.get(asked.view)
    return shown | {
        "list": list_type,
        "icon": current_installation().records[list_type.kind].icon,
        "fields": fields,
        "views": views,
        "view": view,
        "asked": asked,
        "words": words,
        "query": query_of(asked),
        "address": lambda **changes: address(list_type, asked, **changes),
        "may_manage": view is not None and _manages(who, view),
        "layouts": ["list"] if asked.archived else layouts_of(list_type, who),
    }


def _manages(who: Actor, view: View) -> bool:
    return view.id is not None and (view.owner_id == who.user_id or who.may(Lists.VIEW_MANAGE))


def layouts_of(list_type: ListType, who: Actor) -> list[str]:
    fields = list_type.fields_for(who)
    found = ["list"]
    found += ["board"] if any(fields.get(name) for name in list_type.board) else []
    found += ["calendar"] if any(fields.get(name) for name in list_type.calendar) else []
    return found


def layout(
    session: Session, who: Actor, list_type: ListType, asked: Asked
) -> tuple[Context, list[Ignored]]:
    """The records in the layout that is asked for, and what of the filter is not applied."""
    if asked.look.layout == "board":
        found = board(session, who, list_type, asked)
        return {
            "board": found,
            "columns": rows.columns_of(list_type, list_type.fields_for(who), asked),
        }, found.ignored
    if asked.look.layout == "calendar":
        dated = calendar(session, who, list_type, asked)
        return {"calendar": dated}, dated.ignored
    listed, made = table(session, who, list_type, asked)
    return {"listed": listed, "sections": made}, listed.ignored


def table(
    session: Session, who: Actor, list_type: ListType, asked: Asked
) -> tuple[rows.Listed, list[Section]]:
    """A page of rows, in one section without a head where nothing groups them."""
    limit = read_limit(request.args, rows.PAGE)
    listed = rows.listed(session, who, list_type, asked, limit=limit)
    group = list_type.fields_for(who).get(asked.look.group or "")
    if group is None:
        return listed, [Section(key="", head=None, total=Total(0), rows=listed.rows)]
    at = request.args.get("at") if asked.cursor else None
    return listed, sections(session, who, list_type, asked, listed, group, at)


def row_alone(list_type: ListType, asked: Asked, record_id: int) -> Context:
    """One row, as the list shows it now."""
    plain, part = replace(asked, cursor=None), request.args.get("part", "")
    found = rows.one(session(), actor(), list_type, plain, record_id, part)
    columns = rows.columns_of(list_type, list_type.fields_for(actor()), asked)
    return {"list": list_type, "row": found, "columns": columns, "asked": asked}
