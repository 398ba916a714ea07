"""How one signs in: password, second factor, recovery codes, trusted devices, other providers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import g
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Invalid
from concord.identity import letters, requirement, users
from concord.identity.entrance import repeated
from concord.identity.factors import actions, passkeys, recovery, trusted
from concord.identity.models import User
from concord.identity.oidc import linking, providers
from concord.identity.routes import go, routes
from concord.identity.schemas import PasswordChangeIn
from concord.portal.view import page
from concord.web.forms import load
from concord.web.pages import render
from concord.web.request import actor, close_session, session
from concord.web.routing import EVERYBODY, SIGNED_IN
from concord.web.toasts import toast

HERE = "/settings/security"


def codes_shown(codes: list[str], said: str = "") -> Response:
    """The one answer that holds recovery codes; without any, the page again, which says so."""
    if not codes:
        toast(said)
        return go(HERE)
    return render("identity/recovery_codes.html", codes=codes, email=myself().email)


def removed(remove: Callable[[User], None], said: str) -> Response:
    """Take a factor away and say so, or say why it stays."""
    try:
        remove(myself())
    except Invalid as error:
        close_session()
        toast(" ".join(error.errors["_"]), tone="risk")
    else:
        toast(said)
    return go(HERE)


def myself() -> User:
    return session().get_one(User, actor().user_id)


@dataclass(frozen=True, slots=True)
class Key:
    """A passkey, as its owner sees it."""

    id: int
    name: str
    created_at: datetime
    last_used_at: datetime | None


@routes.get(HERE, permission=SIGNED_IN, faces=EVERYBODY)
def security() -> Response:
    return _page()


@routes.post("/preferences/password", permission=SIGNED_IN, faces=EVERYBODY)
def change_password() -> Response:
    try:
        given = load(PasswordChangeIn())
        repeated(actor(), given["current"], field="current")
        user = myself()
        users.set_password(session(), actor(), user, given["password"])
    except Invalid as error:
        return _page(422, error.errors)
    letters.send(
        session(), "password_changed", to=user.email, language=user.language, name=user.name
    )
    toast(_("Your password is changed. Other devices have been signed out."))
    return go(HERE)


@routes.post(f"{HERE}/codes", permission=SIGNED_IN, faces=EVERYBODY)
def renew_codes() -> Response:
    try:
        return codes_shown(actions.renew_codes(session(), actor(), myself()))
    except Invalid as error:
        return _page(422, error.errors)


@routes.post(f"{HERE}/trusted/<int:device_id>/forget", permission=SIGNED_IN, faces=EVERYBODY)
def distrust(device_id: int) -> Response:
    trusted.distrust(session(), myself().id, device_id)
    toast(_("That device will be asked again."))
    return go(HERE)


def _page(status: int = 200, errors: Mapping[str, Any] | None = None) -> Response:
    close_session()
    user = myself()
    held = actions.held(session(), user.id)
    return page(
        "identity/security.html",
        status,
        email=user.email,
        has_password=user.password_hash is not None,
        app_since=None if held.app is None else held.app.created_at,
        app_used_at=None if held.app is None else held.app.last_used_at,
        keys=[Key(key.id, key.name, key.created_at, key.last_used_at) for key in held.passkeys],
        codes_left=held.codes_left,
        codes_made=recovery.HOW_MANY,
        trusted=trusted.trusted_by(session(), user.id),
        required=user.is_staff and requirement.is_required(session()),
        must=bool(g.get("needs_factor")),
        elsewhere=passkeys.elsewhere(),
        linked=linking.linked(session(), user.id),
        providers=providers.buttons(session()),
        errors=dict(errors or {}),
    )
