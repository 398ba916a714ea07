"""Language and theme at a touch: kept with the person, and in a cookie for before the sign-in."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import current_app, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RoutingException
from werkzeug.wrappers import Response

from concord.errors import NotFound
from concord.identity import memberships, users
from concord.identity.models import User
from concord.identity.paths import own_path
from concord.identity.routes import go, routes
from concord.settings import LANGUAGES
from concord.web.cookies import set_cookie
from concord.web.i18n import LANGUAGE_COOKIE, THEME_COOKIE, THEMES
from concord.web.request import actor, actor_or_none, session
from concord.web.routing import EVERYBODY, OUTSIDE, PUBLIC, SIGNED_IN

A_YEAR = timedelta(days=365)


@routes.post("/preferences/language", permission=PUBLIC, faces=EVERYBODY)
def language() -> Response:
    return _choose("language", LANGUAGES, LANGUAGE_COOKIE)


@routes.post("/preferences/theme", permission=PUBLIC, faces=EVERYBODY)
def theme() -> Response:
    return _choose("theme", THEMES, THEME_COOKIE)


@routes.post("/preferences/membership", permission=SIGNED_IN, faces=OUTSIDE)
def act_for() -> Response:
    """Act for another company from now on, in this browser."""
    wanted = request.form.get("membership_id", type=int)
    if wanted is None:
        raise NotFound
    memberships.switch(session(), actor(), wanted)
    return go("/portal/")


def _page_of(wanted: str | None) -> str:
    """Where the person was, unless a form that came back stood there: that address takes no GET."""
    path = own_path(wanted)
    try:
        current_app.url_map.bind("").match(urlsplit(path).path, method="GET")
    except (HTTPException, RoutingException):
        return "/"
    return path


def _choose(field: str, offered: tuple[str, ...], cookie: str) -> Response:
    chosen = request.form.get(field)
    if chosen not in offered:
        chosen = offered[0]
    response = redirect(_page_of(request.form.get("next")), 303)
    who = actor_or_none()
    if who is not None:
        users.change_profile(session(), session().get_one(User, who.user_id), {field: chosen})
    set_cookie(response, cookie, chosen, A_YEAR)
    return response
