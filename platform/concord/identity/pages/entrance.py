"""Signing in and out."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Invalid, TooMany
from concord.identity.entrance import WrongPassword, let_out, proven
from concord.identity.factors.passkeys import elsewhere
from concord.identity.oidc import providers
from concord.identity.pages.admission import admission, home
from concord.identity.paths import own_path
from concord.identity.routes import routes
from concord.identity.schemas import SignIn
from concord.web.forms import load
from concord.web.pages import render
from concord.web.request import actor, actor_or_none, close_session, session
from concord.web.routing import EVERYBODY, PUBLIC, SIGNED_IN


@routes.get("/login", permission=PUBLIC, faces=EVERYBODY)
def login() -> Response:
    who = actor_or_none()
    if who is not None:
        return redirect(home(who, request.args.get("next", "")))
    return door()


@routes.post("/login", permission=PUBLIC, faces=EVERYBODY)
def enter() -> Response:
    try:
        given = load(SignIn(), beside=("next", "credential"))
        user = proven(given["email"], given["password"])
        to = own_path(request.values.get("next"), "")
        return admission(user, lasting=given["lasting"], to=to)
    except Invalid as error:
        return door(error.status, errors=error.errors)
    except (WrongPassword, TooMany) as error:
        return _refused(error)


@routes.post("/logout", permission=SIGNED_IN, faces=EVERYBODY)
def logout() -> Response:
    let_out(actor())
    return redirect("/login", 303)


def door(status: int = 200, *, errors: Mapping[str, Any] | None = None, wait: int = 0) -> Response:
    """The sign-in page; it keeps the address that was typed and where to go next."""
    close_session()
    return render(
        "identity/login.html",
        status,
        email=request.form.get("email", ""),
        lasting=bool(request.form.get("lasting")),
        next=own_path(request.values.get("next"), ""),
        errors=errors or {},
        wait=wait,
        has_passkeys=elsewhere() is None,
        providers=providers.buttons(session()),
    )


def _refused(error: WrongPassword | TooMany) -> Response:
    if isinstance(error, WrongPassword):
        return door(error.status, errors={"_": [_(error.title)]})
    response = door(error.status, wait=max(1, round(error.retry_after / 60)))
    response.headers["Retry-After"] = str(error.retry_after)
    return response
