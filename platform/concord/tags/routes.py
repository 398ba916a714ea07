"""Tags on records' pages, and all of them in the settings."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Invalid, NotFound
from concord.records.access import find_record
from concord.records.models import Record
from concord.tags import actions, queries
from concord.tags.access import taggable
from concord.tags.models import HUES, Tag
from concord.tags.permissions import Tags
from concord.web.pages import go_to, render
from concord.web.request import actor, is_fragment, session
from concord.web.routing import Routes
from concord.web.toasts import toast

routes = Routes("tags", __name__)


@routes.get("/records/<int:record_id>/tags", permission=Tags.TAG_READ)
def of_record(record_id: int) -> Response:
    record, _type = find_record(session(), actor(), record_id)
    return _chips(record)


@routes.get("/records/<int:record_id>/tags/add", permission=Tags.TAG_READ)
def choose(record_id: int) -> Response:
    """The field in which a tag is written, with those there are to choose from."""
    record = taggable(session(), actor(), record_id)
    return _chips(record, adding=True)


@routes.post("/records/<int:record_id>/tags", permission=Tags.TAG_READ)
def put_on(record_id: int) -> Response:
    record = taggable(session(), actor(), record_id)
    names = [part for part in request.form.get("tag", "").replace("，", ",").split(",") if part]
    try:
        for tag in actions.find_or_make(session(), actor(), names or [""]):
            actions.put_on(session(), actor(), [record.id], tag)
    except Invalid as error:
        return _chips(record, adding=True, errors=error.errors, status=422)
    return _changed(record)


@routes.post("/records/<int:record_id>/tags/<int:tag_id>/remove", permission=Tags.TAG_READ)
def take_off(record_id: int, tag_id: int) -> Response:
    record = taggable(session(), actor(), record_id)
    actions.take_off(session(), actor(), [record.id], _tag(tag_id))
    return _changed(record)


@routes.get("/settings/tags", permission=Tags.TAG_MANAGE)
def index() -> Response:
    return render("tags/index.html", tags=queries.counted(session()))


@routes.get("/settings/tags/<int:tag_id>", permission=Tags.TAG_MANAGE)
def edit(tag_id: int) -> Response:
    return _form(_tag(tag_id))


@routes.post("/settings/tags/<int:tag_id>", permission=Tags.TAG_MANAGE)
def change(tag_id: int) -> Response:
    tag = _tag(tag_id)
    name, hue = request.form.get("name", ""), request.form.get("hue", type=int, default=-1)
    try:
        actions.change(session(), actor(), tag, name=name, hue=hue)
    except Invalid as error:
        return _form(tag, error.errors, 422)
    toast(_("Saved."))
    return go_to(url_for("tags.index"))


@routes.post("/settings/tags/<int:tag_id>/delete", permission=Tags.TAG_MANAGE)
def delete(tag_id: int) -> Response:
    tag = _tag(tag_id)
    actions.remove(session(), actor(), tag)
    toast(_("The tag “%(name)s” is gone.", name=tag.name))
    return go_to(url_for("tags.index"))


def _tag(tag_id: int) -> Tag:
    found = session().get(Tag, tag_id)
    if found is None:
        raise NotFound
    return found


def _changed(record: Record) -> Response:
    """The chips as they are now; without scripts, the record's page."""
    if is_fragment():
        return _chips(record)
    return go_to(_page_of(record))


def _page_of(record: Record) -> str:
    _record, record_type = find_record(session(), actor(), record.id)
    return record_type.url(record.id) or "/"


def _chips(
    record: Record,
    *,
    adding: bool = False,
    errors: dict[str, list[str]] | None = None,
    status: int = 200,
) -> Response:
    shown = {
        "record": record,
        "panel": queries.tagged(session(), actor(), record),
        "adding": adding,
        "known": queries.all_tags(session()) if adding else [],
        "errors": errors or {},
        "typed": request.form.get("tag", ""),
    }
    if is_fragment():
        return render("tags/panel.html", status, **shown)
    return render("tags/alone.html", status, **shown, back=_page_of(record))


def _form(tag: Tag, errors: dict[str, list[str]] | None = None, status: int = 200) -> Response:
    return render("tags/edit.html", status, tag=tag, hues=range(HUES), errors=errors or {})
