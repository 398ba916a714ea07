"""The bell's sheet and page, and the marks."""

from urllib.parse import urlencode

from flask import g, jsonify, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Invalid
from concord.notifications.actions import mark_all_read, mark_read
from concord.notifications.queries import inbox, one, unread_of
from concord.web.pages import render
from concord.web.request import actor, is_fragment, session
from concord.web.routing import EVERYBODY, SIGNED_IN, Routes

routes = Routes("notifications", __name__)


@routes.get("/notifications", permission=SIGNED_IN, faces=EVERYBODY)
def index() -> Response:
    return _panel("notifications/page.html")


@routes.get("/notifications/count", permission=SIGNED_IN, faces=EVERYBODY)
def count() -> Response:
    """What the bell asks now and then, in case a ring was lost."""
    return jsonify(unread=g.unread, position=g.inbox_position)


@routes.post("/notifications/<int:notification_id>/read", permission=SIGNED_IN, faces=EVERYBODY)
def read(notification_id: int) -> Response:
    mark_read(session(), actor(), notification_id)
    session().commit()
    found = one(session(), actor(), notification_id)
    if found is None or not is_fragment():
        return redirect("/notifications")
    return render("notifications/item.html", item=found)


@routes.post("/notifications/read-all", permission=SIGNED_IN, faces=EVERYBODY)
def read_all() -> Response:
    mark_all_read(session(), actor())
    session().commit()
    return _panel("notifications/panel.html") if is_fragment() else redirect("/notifications")


def _panel(template: str) -> Response:
    chosen = request.args.get("filter", "all")
    before = request.args.get("before")
    if chosen not in ("all", "unread") or (before is not None and not before.isdecimal()):
        raise Invalid({"filter": [_("There is no such filter.")]})
    found = inbox(
        session(),
        actor(),
        before=int(before[:18]) if before else None,
        unread_only=chosen == "unread",
    )
    query = {"filter": chosen, "before": found.next}
    return render(
        template,
        notifications=found.items,
        unread=unread_of(session(), actor()),
        filter=chosen,
        next=f"/notifications?{urlencode(query)}" if found.next else None,
    )
