"""Setting up an app that shows codes, in a dialog: scan, type the code, keep the recovery codes."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Invalid
from concord.identity.confirming import ensure_fresh
from concord.identity.factors import actions, codes, picture
from concord.identity.factors.schemas import AppIn
from concord.identity.pages.security import HERE, codes_shown, myself, removed
from concord.identity.routes import routes
from concord.web.forms import load
from concord.web.pages import render
from concord.web.request import actor, close_session, session
from concord.web.routing import EVERYBODY, SIGNED_IN


@routes.get(f"{HERE}/app", permission=SIGNED_IN, faces=EVERYBODY)
def new_app() -> Response:
    ensure_fresh(session(), actor())
    return _page(*codes.new_secret(myself()))


@routes.post(f"{HERE}/app", permission=SIGNED_IN, faces=EVERYBODY)
def add_app() -> Response:
    try:
        given = load(AppIn())
        user = myself()
        secret = codes.offered_secret(user, given["offered"])
        made = actions.add_app(session(), actor(), user, secret, given["code"])
    except Invalid as error:
        return _again(error)
    return codes_shown(made, _("From now on you are asked for a code when you sign in."))


@routes.post(f"{HERE}/app/remove", permission=SIGNED_IN, faces=EVERYBODY)
def remove_app() -> Response:
    said = _("The app's codes are no longer asked for.")
    return removed(lambda user: actions.remove_app(session(), actor(), user), said)


def _again(error: Invalid) -> Response:
    """The same square once more, as long as it still counts; else a new one."""
    close_session()
    offered = request.form.get("offered", "")
    try:
        return _page(codes.offered_secret(myself(), offered), offered, error.errors)
    except Invalid as outdated:
        return _page(*codes.new_secret(myself()), outdated.errors)


def _page(secret: str, offered: str, errors: Mapping[str, Any] | None = None) -> Response:
    return render(
        "identity/code_app.html",
        422 if errors else 200,
        square=picture.square(codes.address(myself(), secret)),
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        offered=offered,
        replaces=codes.app_of(session(), myself().id) is not None,
        errors=errors or {},
    )
