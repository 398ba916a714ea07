"""The own profile, for staff and people outside: what one says of oneself, address, password."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Gone, Invalid
from concord.identity import email_change, users
from concord.identity.entrance import repeated
from concord.identity.models import User
from concord.identity.routes import go, routes
from concord.identity.schemas import EmailChangeIn, ProfileIn
from concord.portal.view import page
from concord.web.forms import load
from concord.web.pages import render
from concord.web.request import actor, close_session, session
from concord.web.routing import EVERYBODY, OUTSIDE, PUBLIC, SIGNED_IN
from concord.web.toasts import toast

CONTINENTS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person sees of themselves."""

    name: str
    title: str
    phone: str
    email: str
    language: str
    timezone: str

    @classmethod
    def of(cls, user: User, typed: Mapping[str, str]) -> "Profile":
        """As kept, or as typed where a form came back."""
        kept = {name: getattr(user, name) or "" for name in cls.__slots__}
        shown = {name: typed.get(name, value) for name, value in kept.items()}
        return cls(**{**shown, "email": user.email})


@routes.get("/preferences", permission=SIGNED_IN)
def preferences() -> Response:
    return _page()


@routes.get("/portal/profile", permission=SIGNED_IN, faces=OUTSIDE)
def portal_profile() -> Response:
    return _page()


@routes.post("/preferences", permission=SIGNED_IN, faces=EVERYBODY)
def change_profile() -> Response:
    try:
        users.change_profile(session(), _myself(), load(ProfileIn(), partial=True))
    except Invalid as error:
        return _page(422, "profile", error.errors, request.form)
    toast(_("Saved."))
    return go(_here())


@routes.post("/preferences/email", permission=SIGNED_IN, faces=EVERYBODY)
def change_email() -> Response:
    try:
        given = load(EmailChangeIn())
        repeated(actor(), given["current"], field="current")
        email_change.ask(session(), _myself(), given["email"])
    except Invalid as error:
        return _page(422, "email", error.errors, request.form)
    toast(_("A link is on its way to the new address. The change waits until you open it."))
    return go(_here())


@routes.get("/preferences/email/<token>", permission=PUBLIC, faces=EVERYBODY)
def new_email(token: str) -> Response:
    try:
        change, _user = email_change.waiting(session(), token)
    except Gone:
        return _gone()
    return render("identity/email_confirm.html", email=change.new_email)


@routes.post("/preferences/email/<token>", permission=PUBLIC, faces=EVERYBODY)
def confirm_email(token: str) -> Response:
    try:
        email_change.confirm(session(), token)
    except Gone:
        return _gone()
    toast(_("From now on you sign in with the new address."))
    return go("/login")


@cache
def zones() -> tuple[tuple[str, str], ...]:
    """The time zones of places, as people choose them."""
    places = (name for name in available_timezones() if name.partition("/")[0] in CONTINENTS)
    return tuple((name, name.replace("_", " ")) for name in (*sorted(places), "UTC"))


def _page(
    status: int = 200,
    part: str = "",
    errors: Mapping[str, Any] | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    """The profile; `errors` belong to the form of one `part`."""
    close_session()
    return page(
        "identity/profile.html",
        status,
        me=Profile.of(_myself(), typed if part == "profile" and typed else {}),
        new_email=typed.get("email", "") if part == "email" and typed else "",
        zones=zones(),
        errors={part: dict(errors or {})},
    )


def _myself() -> User:
    return session().get_one(User, actor().user_id)


def _here() -> str:
    return "/portal/profile" if actor().outside else "/preferences"


def _gone() -> Response:
    close_session()
    return render("identity/link_gone.html", Gone.status, again=None)
