"""Signing in with a passkey alone: a thing one has, opened by a finger, a face or a code."""

from datetime import timedelta

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Gone
from concord.identity import throttle
from concord.identity.devices import remember_device
from concord.identity.entrance import WrongPassword, let_in, note_failed
from concord.identity.factors import passkeys
from concord.identity.factors.passkeys import WrongPasskey
from concord.identity.models import User
from concord.identity.pages.admission import home
from concord.identity.pages.entrance import door
from concord.identity.paths import own_path
from concord.identity.routes import go, routes
from concord.identity.throttle import Limit, block_of
from concord.web.request import close_session, session
from concord.web.routing import EVERYBODY, PUBLIC

PURPOSE = "passkey:alone"
ASKED = Limit("passkey:block", 60, timedelta(minutes=15))


@routes.post("/login/passkey/options", permission=PUBLIC, faces=EVERYBODY)
def ask_passkey() -> Response:
    close_session()
    throttle.attempt(ASKED.of(block_of(request.remote_addr)))
    return Response(passkeys.ask(session(), PURPOSE), mimetype="application/json")


@routes.post("/login/passkey", permission=PUBLIC, faces=EVERYBODY)
def enter_by_passkey() -> Response:
    try:
        user_id = passkeys.check(session(), PURPOSE, request.form.get("credential", ""))
        user = session().get_one(User, user_id)
        who = let_in(user, way="passkey", lasting=bool(request.form.get("lasting")))
    except (Gone, WrongPasskey, WrongPassword) as error:
        close_session()
        note_failed(None)
        return door(error.status, errors={"_": [_(error.detail or error.title)]})
    remember_device(user.email)
    return go(home(who, own_path(request.form.get("next"), "")))
