"""Views over pages: save, change, put in order, take over, delete."""

from dataclasses import replace
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Invalid
from concord.lists import actions
from concord.lists.asking import address
from concord.lists.looks import from_json
from concord.lists.models import SavedView
from concord.lists.page import asked_of, reach
from concord.lists.permissions import Lists
from concord.lists.types import Look
from concord.lists.views import views_of
from concord.web.pages import go_to, render
from concord.web.request import actor, session
from concord.web.routing import Routes
from concord.web.toasts import toast

routes = Routes("list_views", __name__)


@routes.get("/lists/<key>/views/new", permission=Lists.VIEW_WRITE)
def new(key: str) -> Response:
    list_type = reach(key)
    _views, asked = asked_of(list_type)
    return render(
        "lists/view_new.html", list=list_type, asked=asked, back=address(list_type, asked)
    )


@routes.post("/lists/<key>/views", permission=Lists.VIEW_WRITE)
def create(key: str) -> Response:
    """Keep the look of the address under a name."""
    list_type = reach(key)
    _views, asked = asked_of(list_type)
    try:
        view = actions.save_view(
            session(),
            actor(),
            list_type,
            name=request.form.get("name", ""),
            look=asked.look,
            shared="shared" in request.form,
        )
    except Invalid as error:
        shown: dict[str, Any] = {"list": list_type, "asked": asked, "errors": error.errors}
        return render("lists/view_new.html", 422, back=address(list_type, asked), **shown)
    toast(_("View saved."))
    return go_to(url_for(list_type.endpoint, view=view.id))


@routes.get("/lists/<key>/views", permission=Lists.VIEW_WRITE)
def arrange(key: str) -> Response:
    """All views of a list: their order, the first one, whose they are."""
    list_type = reach(key)
    return render("lists/views.html", list=list_type, views=views_of(session(), actor(), list_type))


@routes.post("/lists/<key>/views/order", permission=Lists.VIEW_WRITE)
def order(key: str) -> Response:
    list_type = reach(key)
    keys, first = request.form.getlist("keys"), request.form.get("first") or None
    actions.arrange(session(), actor(), list_type, keys, first)
    toast(_("Saved."))
    return go_to(url_for(list_type.endpoint))


@routes.get("/lists/views/<int:view_id>", permission=Lists.VIEW_WRITE)
def edit(view_id: int) -> Response:
    view = actions.view_of(session(), actor(), view_id)
    return _form(view)


@routes.post("/lists/views/<int:view_id>", permission=Lists.VIEW_WRITE)
def save(view_id: int) -> Response:
    """Its name, and who has it."""
    view = actions.view_of(session(), actor(), view_id)
    list_type = reach(view.list_key)
    try:
        actions.rename_view(session(), actor(), view, request.form.get("name", ""))
    except Invalid as error:
        return _form(view, error.errors)
    shared = "shared" in request.form
    if shared != view.is_shared:
        actions.share_view(session(), actor(), view, shared)
    toast(_("Saved."))
    return go_to(url_for(list_type.endpoint, view=view.id))


@routes.post("/lists/views/<int:view_id>/look", permission=Lists.VIEW_WRITE)
def update(view_id: int) -> Response:
    """Keep what the address asks for as the view's own look."""
    view = actions.view_of(session(), actor(), view_id)
    list_type = reach(view.list_key)
    _views, asked = asked_of(list_type)
    before = view.look
    actions.update_look(session(), actor(), view, _with_widths(asked.look, before))
    toast(_("View saved."))
    return go_to(url_for(list_type.endpoint, view=view.id))


@routes.post("/lists/views/<int:view_id>/widths", permission=Lists.VIEW_WRITE)
def widths(view_id: int) -> Response:
    """Columns drawn wider or narrower: `column` and `width` in pixels."""
    view = actions.view_of(session(), actor(), view_id)
    drawn = dict(view.look.get("widths") or {})
    drawn[request.form.get("column", "")[:80]] = request.form.get("width", 0, type=int)
    view.look = {**view.look, "widths": dict(from_json({"widths": drawn}).widths)}
    return render("lists/nothing.html")


@routes.post("/lists/views/<int:view_id>/delete", permission=Lists.VIEW_WRITE)
def delete(view_id: int) -> Response:
    view = actions.view_of(session(), actor(), view_id)
    list_type = reach(view.list_key)
    actions.delete_view(session(), actor(), view)
    toast(_("View deleted."))
    return go_to(url_for(list_type.endpoint, view="all"))


@routes.post("/lists/views/<int:view_id>/take-over", permission=Lists.VIEW_MANAGE)
def take_over(view_id: int) -> Response:
    view = actions.view_of(session(), actor(), view_id)
    actions.take_over(session(), actor(), view)
    toast(_("The view is yours now."))
    return go_to(url_for(reach(view.list_key).endpoint, view=view.id))


def _with_widths(look: Look, before: dict[str, Any]) -> Look:
    return replace(look, widths=before.get("widths") or {})


def _form(view: SavedView, errors: dict[str, list[str]] | None = None) -> Response:
    shown: dict[str, Any] = {"view": view, "list": reach(view.list_key), "errors": errors or {}}
    return render("lists/view_edit.html", 422 if errors else 200, **shown)
