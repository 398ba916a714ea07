"""The page on which people say how they want to be told, and what one says about a record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.clock import now
from concord.errors import Invalid, NotFound
from concord.facts.topics import MailWhen
from concord.installation import current_installation
from concord.mail import signing
from concord.notifications.choices import choose, topics_for
from concord.notifications.following import State, say, state_of
from concord.notifications.preferences import (
    DAYS,
    WAYS,
    Followed,
    Preferences,
    change_hours,
    change_topics,
    followed,
    preferences_of,
    ways_of,
)
from concord.notifications.routes import routes
from concord.portal.view import page
from concord.push.models import PushSubscription
from concord.push.subscriptions import browsers_of
from concord.records.access import find_record
from concord.web.pages import go_to, render
from concord.web.request import actor, close_session, is_fragment, session
from concord.web.routing import EVERYBODY, SIGNED_IN
from concord.web.toasts import toast

HERE = "/settings/notifications"


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that may be rung, as its person sees it."""

    id: int
    name: str
    here: bool

    @classmethod
    def of(cls, subscription: PushSubscription) -> "Device":
        return cls(
            subscription.id, subscription.device, subscription.session_id == actor().session_id
        )


@routes.get(HERE, permission=SIGNED_IN, faces=EVERYBODY)
def preferences() -> Response:
    return _page()


@routes.post(HERE, permission=SIGNED_IN, faces=EVERYBODY)
def change_preferences() -> Response:
    """The topics as one form: a box that is not sent is not ticked."""
    wanted = {}
    for key, facts in topics_for(actor()).items():
        for name in (key, *(fact.name for fact in facts)):
            if f"mail.{name}" in request.form:
                wanted[name] = _ways(name)
    try:
        change_topics(session(), actor(), wanted)
    except Invalid as error:
        return _page(422, error.errors)
    toast(_("Saved."))
    return go_to(HERE)


@routes.post(f"{HERE}/hours", permission=SIGNED_IN, faces=EVERYBODY)
def change_own_hours() -> Response:
    quiet = [
        {
            "day": day,
            "from": request.form.get(f"from.{day}", ""),
            "until": request.form.get(f"until.{day}", ""),
        }
        for day in DAYS
        if f"quiet.{day}" in request.form
    ]
    try:
        change_hours(session(), actor(), digest_at=request.form.get("digest_at", ""), quiet=quiet)
    except Invalid as error:
        return _page(422, error.errors)
    toast(_("Saved."))
    return go_to(HERE)


@routes.post(f"{HERE}/addresses", permission=SIGNED_IN, faces=EVERYBODY)
def renew_addresses() -> Response:
    who = actor()
    assert who.user_id is not None
    signing.renew(session(), who.user_id)
    toast(_("The addresses in your older mails are no longer good."))
    return go_to(HERE)


@routes.post("/notifications/topics/<key>/mute", permission=SIGNED_IN, faces=EVERYBODY)
def mute_topic(key: str) -> Response:
    """From a line of the inbox: until tomorrow, except on one's own, or but for the digest."""
    if key not in topics_for(actor()):
        raise NotFound
    before = ways_of(session(), actor(), key)
    choose(session(), actor(), key, **_muted(request.form.get("how", "")))
    undo = f"/notifications/topics/{key}/unmute?{urlencode(_as_query(before))}"
    toast(_("Muted: %(topic)s.", topic=current_installation().topics[key].label), undo=undo)
    return go_to("/notifications") if not is_fragment() else Response(status=204)


@routes.post("/notifications/topics/<key>/unmute", permission=SIGNED_IN, faces=EVERYBODY)
def unmute_topic(key: str) -> Response:
    """Have it told as the address says that it was before."""
    if key not in topics_for(actor()):
        raise NotFound
    before = {name: request.args.get(name, "") for name in WAYS}
    if before["mail"] not in {*MailWhen}:
        raise NotFound
    truths = {name: before[name] == "1" for name in ("program", "push", "only_mine")}
    choose(session(), actor(), key, mail=before["mail"], muted_until=None, **truths)
    return go_to("/notifications") if not is_fragment() else Response(status=204)


@routes.post("/records/<int:record_id>/follow", permission=SIGNED_IN, faces=EVERYBODY)
def follow(record_id: int) -> Response:
    """Follow, mentions only, mute, or as usual: `state` says which."""
    record, record_type = find_record(session(), actor(), record_id)
    wanted = request.form.get("state", "")
    if wanted not in ("", *State):
        raise Invalid({"state": [_("There is no such choice.")]})
    say(session(), actor(), record.id, State(wanted) if wanted else None)
    session().flush()
    if is_fragment():
        return render("notifications/follow.html", follow_record=record.id, follow_wanted=wanted)
    return go_to(record_type.url(record.id, actor().face) or "/")


@routes.app_template_global()
def follow_state(record_id: int) -> str:
    """What the reader of this page said about the record: "" where nothing."""
    return state_of(session(), actor(), record_id) or ""


def _ways(name: str) -> dict[str, Any]:
    form = request.form
    ways: dict[str, Any] = {
        "program": f"program.{name}" in form,
        "mail": form.get(f"mail.{name}", ""),
        "push": f"push.{name}" in form,
    }
    if not actor().outside:
        ways["only_mine"] = f"only_mine.{name}" in form
    if f"unmute.{name}" in form:
        ways["muted_until"] = None
    return ways


def _as_query(ways: Mapping[str, Any]) -> dict[str, str]:
    """How it was told before, in the address that takes a muting back."""
    truths = {name: "1" for name in ("program", "push", "only_mine") if ways[name]}
    return {"mail": ways["mail"], **truths}


def _muted(how: str) -> dict[str, Any]:
    if how == "tomorrow":
        local = now().astimezone(ZoneInfo(actor().timezone)) + timedelta(days=1)
        return {"muted_until": local.replace(hour=0, minute=0, second=0, microsecond=0)}
    if how == "except_mine" and not actor().outside:
        return {"only_mine": True}
    if how == "digest":
        return {"program": False, "mail": "digest", "push": False}
    raise Invalid({"how": [_("There is no such choice.")]})


def _page(status: int = 200, errors: Mapping[str, Any] | None = None) -> Response:
    close_session()
    shown: Preferences = preferences_of(session(), actor())
    records: list[Followed] = followed(session(), actor())
    return page(
        "notifications/preferences.html",
        status,
        preferences=shown,
        followed=records,
        devices=[Device.of(browser) for browser in browsers_of(session(), actor())],
        answers=current_installation().settings.answer_address is not None,
        errors=dict(errors or {}),
    )
