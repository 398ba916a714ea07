"""The timeline's fragments: pages, arrivals, posting, editing, withdrawing, mentions."""

from typing import Any

from flask import jsonify, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.actors import Audience
from concord.api.idempotency import once
from concord.errors import Invalid, NotFound
from concord.files.actions import store
from concord.records.access import Place, find_place, find_record
from concord.records.models import Record
from concord.timeline import panel
from concord.timeline.actions import edit, post, readable_entry, withdraw
from concord.timeline.mentions import mentionable
from concord.timeline.models import Entry
from concord.timeline.permissions import Timeline
from concord.timeline.queries import one
from concord.timeline.visits import mark_seen
from concord.web.pages import render
from concord.web.request import actor, session
from concord.web.routing import EVERYBODY, SIGNED_IN, Routes
from concord.web.toasts import toast

routes = Routes("timeline", __name__)
LONGEST_ID = 18


@routes.get("/records/<int:record_id>/timeline", permission=SIGNED_IN, faces=EVERYBODY)
def stream(record_id: int) -> Response:
    """A page of the stream, filtered: older entries, or the whole list after a change of filter."""
    record = find_place(session(), actor(), record_id)
    filters = panel.read_filters(request.args)
    found = panel.stream(session(), actor(), record, filters, request.args)
    template = "timeline/stream.html" if not request.args.get("before") else _entries()
    return render(template, record=record, stream=found, filters=filters)


@routes.get("/records/<int:record_id>/timeline/new", permission=SIGNED_IN, faces=EVERYBODY)
def arrivals(record_id: int) -> Response:
    """What came after a position."""
    return _newer(find_place(session(), actor(), record_id), request.args)


@routes.post("/records/<int:record_id>/timeline", permission=Timeline.POST, faces=EVERYBODY)
def write(record_id: int) -> Response:
    record, _type = find_record(session(), actor(), record_id)
    form = request.form
    with once(session(), actor(), form.get("idempotency_key"), request.path) as first:
        if first:
            files = [
                store(session(), actor(), upload).id
                for upload in request.files.getlist("files")
                if upload.filename
            ]
            files += [int(value) for value in form.getlist("file_ids") if _is_id(value)]
            post(
                session(),
                actor(),
                record,
                kind=form.get("kind", "note"),
                body=form.get("body", ""),
                audience=_audience(form.get("audience", "internal")),
                company_id=form.get("company_id", type=int)
                if form.get("audience") != "internal"
                else None,
                mentions=[int(value) for value in form.getlist("mentions") if _is_id(value)],
                files=files,
            )
    session().commit()
    return _newer(record, form)


@routes.get(
    "/records/<int:record_id>/timeline/<int:entry_id>", permission=SIGNED_IN, faces=EVERYBODY
)
def entry(record_id: int, entry_id: int) -> Response:
    return _one(record_id, entry_id)


@routes.get(
    "/records/<int:record_id>/timeline/<int:entry_id>/edit",
    permission=Timeline.POST,
    faces=EVERYBODY,
)
def edit_form(record_id: int, entry_id: int) -> Response:
    record = find_place(session(), actor(), record_id)
    found = one(session(), actor(), record, entry_id)
    if found is None or not found.mine or found.withdrawn:
        raise NotFound
    return render("timeline/edit.html", record=record, entry=found)


@routes.post(
    "/records/<int:record_id>/timeline/<int:entry_id>", permission=Timeline.POST, faces=EVERYBODY
)
def save(record_id: int, entry_id: int) -> Response:
    found = _readable(record_id, entry_id)
    edit(
        session(),
        actor(),
        found,
        request.form.get("body", ""),
        original=request.form.get("original"),
    )
    session().commit()
    return _one(record_id, entry_id)


@routes.post(
    "/records/<int:record_id>/timeline/<int:entry_id>/withdraw",
    permission=Timeline.POST,
    faces=EVERYBODY,
)
def take_back(record_id: int, entry_id: int) -> Response:
    found = _readable(record_id, entry_id)
    withdraw(session(), actor(), found)
    session().commit()
    toast(_("Withdrawn. Its words are gone, its trace stays."))
    return _one(record_id, entry_id)


@routes.post("/records/<int:record_id>/timeline/seen", permission=SIGNED_IN, faces=EVERYBODY)
def seen(record_id: int) -> tuple[str, int]:
    record, _type = find_record(session(), actor(), record_id)
    position = request.form.get("position", type=int)
    if position is None or position < 0:
        raise Invalid({"position": [_("This is not a position on a timeline.")]})
    mark_seen(session(), actor(), record, position)
    return "", 204


@routes.get("/records/<int:record_id>/mentionable", permission=Timeline.POST, faces=EVERYBODY)
def people(record_id: int) -> Response:
    record, _type = find_record(session(), actor(), record_id)
    found = mentionable(session(), actor(), record, request.args.get("q", "")[:60])
    return jsonify([{"id": person.id, "name": person.name} for person in found])


def _newer(record: Record | Place, arguments: Any) -> Response:
    filters = panel.read_filters({} if request.method == "POST" else arguments)
    found = panel.stream(
        session(), actor(), record, filters, {"after": arguments.get("after") or "0"}
    )
    return render(_entries(), record=record, stream=found, filters=filters)


def _entries() -> str:
    return "timeline/bubbles.html" if actor().outside else "timeline/entries.html"


def _readable(record_id: int, entry_id: int) -> Entry:
    """The entry on the timeline of a record that the caller still sees."""
    find_place(session(), actor(), record_id)
    return readable_entry(session(), actor(), record_id, entry_id)


def _one(record_id: int, entry_id: int) -> Response:
    record = find_place(session(), actor(), record_id)
    found = one(session(), actor(), record, entry_id)
    if found is None:
        raise NotFound
    shown = panel.shown_entry(found)
    template = "timeline/bubble.html" if actor().outside else shown.template
    return render(template, record=record, entry=shown)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID


def _audience(word: str) -> Audience:
    try:
        return Audience[word.upper()]
    except KeyError:
        raise Invalid({"audience": [_("There is no such audience.")]}) from None
