"""Confirming that it is still you: asked before dangerous things, by password or passkey."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Gone, Invalid, TooMany
from concord.identity import confirming
from concord.identity.confirming import ProofNeeded
from concord.identity.entrance import repeated
from concord.identity.factors import passkeys
from concord.identity.factors.passkeys import WrongPasskey
from concord.identity.factors.schemas import ConfirmIn
from concord.identity.models import User
from concord.identity.oidc import linking
from concord.identity.paths import own_path
from concord.identity.routes import routes
from concord.web.errors import answer
from concord.web.forms import load
from concord.web.pages import render
from concord.web.request import SAFE_METHODS, actor, close_session, is_fragment, session
from concord.web.routing import EVERYBODY, SIGNED_IN

PURPOSE = "passkey:confirm"


@routes.get("/confirm", permission=SIGNED_IN, faces=EVERYBODY)
def ask_to_confirm() -> Response:
    return _page(request.args.get("next"))


@routes.post("/confirm", permission=SIGNED_IN, faces=EVERYBODY)
def confirm() -> Response:
    to = request.form.get("next")
    try:
        given = load(ConfirmIn(), beside=("next",))
        if given["credential"]:
            passkeys.check(session(), PURPOSE, given["credential"], actor().user_id)
            confirming.confirm(session(), actor())
        else:
            repeated(actor(), given["password"])
    except Invalid as error:
        return _page(to, error.status, error.errors)
    except (Gone, WrongPasskey) as error:
        return _page(to, 422, {"_": [_(error.detail or error.title)]})
    except TooMany as error:
        return _page(to, 422, {"_": [_(error.title)]})
    return _onward(to)


@routes.post("/confirm/passkey", permission=SIGNED_IN, faces=EVERYBODY)
def ask_passkey_to_confirm() -> Response:
    options = passkeys.ask(session(), PURPOSE, actor().user_id)
    return Response(options, mimetype="application/json")


@routes.app_errorhandler(ProofNeeded)
def asked_to_prove(error: ProofNeeded) -> Response:
    """Ask in the place of what was wanted; what was typed in a dialog stays there."""
    close_session()
    if request.accept_mimetypes.best == "application/json":
        return answer(error.status, error.title, "")
    reading = request.method in SAFE_METHODS
    if not is_fragment():
        to = request.full_path if reading else _came_from()
        return redirect("/confirm?" + urlencode({"next": to.rstrip("?")}), 303)
    response = _page(request.full_path if reading else None)
    if not reading:
        inside = request.headers.get("HX-Target", "").endswith("dialog")
        response.headers["HX-Retarget"] = "#sheet" if inside else "#dialog"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


def _page(to: str | None, status: int = 200, errors: Mapping[str, Any] | None = None) -> Response:
    close_session()
    who = session().get_one(User, actor().user_id)
    return render(
        "identity/confirm.html",
        status,
        next=own_path(to, ""),
        has_password=who.password_hash is not None,
        has_passkeys=bool(passkeys.passkeys_of(session(), who.id)) and not passkeys.elsewhere(),
        email=who.email,
        providers=linking.ways_back(session(), who.id),
        errors=errors or {},
    )


def _onward(to: str | None) -> Response:
    path = own_path(to, "")
    if not is_fragment():
        return redirect(path or "/", 303)
    if path:
        return render("identity/onward.html", path=path)
    thanks = {"message": _("Thank you. Now press the button again."), "undo": None, "tone": "ok"}
    events = {"concord:close": None, "concord:toast": thanks}
    return Response(status=204, headers={"HX-Trigger": json.dumps(events)})


def _came_from() -> str:
    parts = urlsplit(request.referrer or "/")
    return own_path(parts.path + (f"?{parts.query}" if parts.query else ""))
