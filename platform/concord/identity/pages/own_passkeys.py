"""The own passkeys: made, named, removed; each form opens in a dialog."""

from collections.abc import Mapping
from typing import Any

from flask import Response as Answer
from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Gone, Invalid
from concord.identity import device_words
from concord.identity.confirming import ensure_fresh
from concord.identity.factors import actions, passkeys
from concord.identity.factors.passkeys import WrongPasskey
from concord.identity.factors.schemas import PasskeyIn, PasskeyNameIn
from concord.identity.pages.security import HERE, codes_shown, myself, removed
from concord.identity.routes import go, routes
from concord.web.forms import load
from concord.web.pages import render
from concord.web.request import actor, close_session, session
from concord.web.routing import EVERYBODY, SIGNED_IN
from concord.web.toasts import toast

KEYS = f"{HERE}/passkeys"


@routes.get(f"{KEYS}/new", permission=SIGNED_IN, faces=EVERYBODY)
def new_passkey() -> Response:
    ensure_fresh(session(), actor())
    return _form()


@routes.post(f"{KEYS}/options", permission=SIGNED_IN, faces=EVERYBODY)
def offer_passkey() -> Response:
    ensure_fresh(session(), actor())
    return Answer(passkeys.offer_new(session(), myself()), mimetype="application/json")


@routes.post(KEYS, permission=SIGNED_IN, faces=EVERYBODY)
def add_passkey() -> Response:
    try:
        given = load(PasskeyIn())
        made = actions.add_passkey(session(), actor(), myself(), given["credential"], given["name"])
    except Invalid as error:
        return _form(error.errors)
    except (Gone, WrongPasskey) as error:
        return _form({"_": [_(error.detail or error.title)]})
    return codes_shown(made, _("The passkey is ready. Use it the next time you sign in."))


@routes.get(f"{KEYS}/<int:passkey_id>", permission=SIGNED_IN, faces=EVERYBODY)
def passkey(passkey_id: int) -> Response:
    return _name(passkey_id)


@routes.post(f"{KEYS}/<int:passkey_id>", permission=SIGNED_IN, faces=EVERYBODY)
def rename_passkey(passkey_id: int) -> Response:
    try:
        actions.rename_passkey(session(), myself(), passkey_id, load(PasskeyNameIn())["name"])
    except Invalid as error:
        return _name(passkey_id, error.errors)
    toast(_("Saved."))
    return go(HERE)


@routes.post(f"{KEYS}/<int:passkey_id>/remove", permission=SIGNED_IN, faces=EVERYBODY)
def remove_passkey(passkey_id: int) -> Response:
    said = _("The passkey no longer signs you in.")
    return removed(lambda user: actions.remove_passkey(session(), actor(), user, passkey_id), said)


def _form(errors: Mapping[str, Any] | None = None) -> Response:
    close_session()
    return render(
        "identity/passkey_new.html",
        422 if errors else 200,
        name=request.form.get("name", device_words.of(request.user_agent.string)),
        elsewhere=passkeys.elsewhere(),
        errors=errors or {},
    )


def _name(passkey_id: int, errors: Mapping[str, Any] | None = None) -> Response:
    close_session()
    found = actions.passkey_of(session(), myself(), passkey_id)
    return render(
        "identity/passkey_name.html",
        422 if errors else 200,
        id=found.id,
        name=request.form.get("name", found.name),
        errors=errors or {},
    )
