"""The bell's sheet and page, and the marks."""

from urllib.parse import urlencode

from flask import g, jsonify, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.clock import today
from concord.errors import Invalid
from concord.notifications.actions import mark_all_read, mark_read, mark_unread
from concord.notifications.hours import as_time, clock_of
from concord.notifications.queries import Shown, counts_of, inbox, one, unread_of
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
    return _line(notification_id)


@routes.post("/notifications/<int:notification_id>/unread", permission=SIGNED_IN, faces=EVERYBODY)
def unread(notification_id: int) -> Response:
    mark_unread(session(), actor(), notification_id)
    return _line(notification_id)


@routes.post("/notifications/read-all", permission=SIGNED_IN, faces=EVERYBODY)
def read_all() -> Response:
    mark_all_read(session(), actor())
    session().commit()
    return _panel("notifications/panel.html") if is_fragment() else redirect("/notifications")


def _line(notification_id: int) -> Response:
    session().commit()
    found = one(session(), actor(), notification_id)
    if found is None or not is_fragment():
        return redirect("/notifications")
    return render("notifications/marked.html", item=found, unread=unread_of(session(), actor()))


def _hours() -> dict[str, str]:
    """Today's quiet and the digest's hour, for the foot of the inbox."""
    who = actor()
    assert who.user_id is not None
    clock = clock_of(session(), who.user_id, who.timezone)
    quiet = clock.quiet[today(who.timezone).weekday()]
    shown = {"digest": as_time(clock.digest_at)}
    if quiet is not None:
        shown |= {"start": as_time(quiet[0]), "until": as_time(quiet[1])}
    return shown


def _panel(template: str) -> Response:
    chosen = request.args.get("filter", "all")
    before = request.args.get("before")
    if chosen not in {*Shown} or (before is not None and not before.isdecimal()):
        raise Invalid({"filter": [_("There is no such filter.")]})
    found = inbox(
        session(),
        actor(),
        before=int(before[:18]) if before else None,
        shown=Shown(chosen),
    )
    query = {"filter": chosen, "before": found.next}
    return render(
        template,
        notifications=found.items,
        unread=g.unread if request.method == "GET" else unread_of(session(), actor()),
        counts=counts_of(session(), actor()),
        hours=_hours(),
        filter=chosen,
        next=f"/notifications?{urlencode(query)}" if found.next else None,
    )
