"""Parts of a list: more rows, its foot, one row, a cell being changed, the peek."""

from dataclasses import replace
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.api.filtering import single
from concord.errors import Conflict, Invalid
from concord.installation import current_installation
from concord.lists import changing, choosing, rows
from concord.lists.asking import part, query_of
from concord.lists.cells import cell, names_for
from concord.lists.fields import Field
from concord.lists.groups import total
from concord.lists.kinds import Kind
from concord.lists.page import asked_of, layout, reach, row_alone
from concord.lists.peeking import peeked, peeked_anywhere
from concord.lists.permissions import Lists
from concord.lists.types import Asked, ListType
from concord.records.access import get
from concord.web import conflicts
from concord.web.pages import render
from concord.web.request import actor, session
from concord.web.routing import Routes
from concord.web.toasts import toast

routes = Routes("lists", __name__)
SELECTED = (Kind.CHOICE, Kind.PERSON, Kind.TEAM, Kind.TRUTH)


@routes.get("/lists/<key>/rows", permission=Lists.LIST_READ)
def more(key: str) -> Response:
    """The records alone: the next page of rows with `cursor`, else the whole part again."""
    list_type = reach(key)
    _views, asked = asked_of(list_type)
    shown, _ignored = layout(session(), actor(), list_type, asked)
    shown |= {"list": list_type, "asked": asked, "query": query_of(asked)}
    return render("lists/more.html" if asked.cursor else "lists/body.html", **shown)


@routes.get("/lists/<key>/foot", permission=Lists.LIST_READ)
def foot(key: str) -> Response:
    """How many there are in all, and what they come to."""
    list_type = reach(key)
    _views, asked = asked_of(list_type)
    columns = rows.columns_of(list_type, list_type.fields_for(actor()), asked)
    found = total(session(), actor(), list_type, asked, columns)
    return render("lists/foot.html", list=list_type, asked=asked, columns=columns, total=found)


@routes.get("/lists/<key>/<int:record_id>/peek", permission=Lists.LIST_READ)
def peek(key: str, record_id: int) -> Response:
    """What matters most about a record, beside its list."""
    list_type = reach(key)
    _views, asked = asked_of(list_type)
    record_type = current_installation().records[list_type.kind]
    may = list_type.permission_restore if asked.archived else None
    record = get(
        session(), actor(), record_type.model, record_id, permission=may, archived=asked.archived
    )
    found = peeked(session(), actor(), list_type, record, asked)
    return render("lists/peek.html", beside=True, **found)


@routes.get("/records/<int:record_id>/peek", permission=Lists.LIST_READ)
def peek_anywhere(record_id: int) -> Response:
    """The same of any record, beside whatever one is doing."""
    return render("lists/aside.html", **peeked_anywhere(session(), actor(), record_id))


@routes.get("/lists/<key>/<int:record_id>/cell/<name>", permission=Lists.LIST_READ)
def edit_cell(key: str, record_id: int, name: str) -> Response:
    """The editor of one cell."""
    list_type = reach(key)
    _views, asked = asked_of(list_type)
    found = changing.editable(session(), actor(), list_type, record_id, name)
    options = []
    if found.field.kind in SELECTED:
        options = list(choosing.offers(session(), actor(), list_type, found.field))
    shown: dict[str, Any] = {"list": list_type, "edited": found, "options": options}
    shown |= {"optional": _is_optional(list_type, found.field)}
    beside = {"part": request.args["part"]} if "part" in request.args else {}
    shown["query"] = query_of(asked, **beside)
    return render("lists/cell.html", **shown)


@routes.patch("/lists/<key>/<int:record_id>", permission=Lists.LIST_READ)
def change(key: str, record_id: int) -> Response:
    """Change one field (`field`, `value`, `original`), answered with the row or the card."""
    list_type = reach(key)
    _views, asked = asked_of(list_type)
    name, value = request.form.get("field", ""), request.form.get("value", "")
    found = changing.editable(session(), actor(), list_type, record_id, name)
    before = found.value
    try:
        changing.change(session(), actor(), list_type, found.record, found.field, value,
                        request.form.get("original.value"))  # fmt: skip
    except Conflict as conflict:
        return _choose(list_type, asked, found, conflict)
    except Invalid as error:
        # The cell's one input is called `value`, whatever the noun's own form calls it.
        sentences = [said for each in error.errors.values() for said in each]
        raise Invalid({"value": sentences}) from None
    _say(list_type, asked, found, before)
    return _row(list_type, asked, record_id)


@routes.post("/lists/<key>/<int:record_id>/undo", permission=Lists.LIST_READ)
def undo(key: str, record_id: int) -> Response:
    """Put a field back, unless somebody changed it since."""
    list_type = reach(key)
    given = single(request.args)
    found = changing.editable(session(), actor(), list_type, record_id, given.get("undo", ""))
    changing.change(session(), actor(), list_type, found.record, found.field,
                    given.get("before", ""), given.get("after"))  # fmt: skip
    toast(_("Undone."))
    response = render("lists/nothing.html")
    response.headers["HX-Trigger-After-Settle"] = "concord:list"
    return response


def _is_optional(list_type: ListType, known: Field) -> bool:
    assert list_type.form is not None
    return bool(list_type.form(actor()).fields[str(known.editable)].allow_none)


def _say(list_type: ListType, asked: Asked, found: changing.Editable, before: str) -> None:
    """What is different now, with the way back."""
    after = changing.text_of(actor(), list_type, found.field, found.record)
    if after == before:
        return
    back = url_for("lists.undo", key=list_type.key, record_id=found.record.id,
                   undo=found.field.name, before=before, after=after)  # fmt: skip
    said = _("%(field)s of %(record)s changed.", field=found.field.label, record=found.record.title)
    toast(said, undo=back)


def _row(list_type: ListType, asked: Asked, record_id: int) -> Response:
    shown = row_alone(list_type, asked, record_id)
    if shown["row"] is None:
        return render("lists/nothing.html")
    template = {"board": "lists/card.html", "calendar": "lists/event.html"}.get(
        asked.look.layout, "lists/row.html"
    )
    return render(template, query=query_of(asked), **shown)


def _choose(
    list_type: ListType, asked: Asked, found: changing.Editable, conflict: Conflict
) -> Response:
    """Ask which value stays; the choice goes the way of the record's own form."""
    clash = conflict.conflicts[0] if conflict.conflicts else None
    if clash is None:
        raise conflict
    known = found.field

    def shown(_name: str, value: Any) -> str:
        if value in (None, ""):
            return ""
        raw = (
            int(value)
            if known.kind in (Kind.PERSON, Kind.TEAM) and str(value).isdecimal()
            else value
        )
        names = names_for(session(), actor(), [known], [[raw]])
        if known.kind in (Kind.MONEY, Kind.DAY, Kind.MOMENT):
            return str(value)
        return cell(known, getattr(raw, "value", raw), names).text

    renamed = Conflict([replace(clash, field="value")])
    return conflicts.choose(
        renamed,
        title=found.record.title,
        url=part("lists.change", list_type, asked, record_id=found.record.id),
        labels={"value": str(known.label)},
        shown=shown,
        method="patch",
        target=f"#row-{found.record.id}",
    )
