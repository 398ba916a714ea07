"""A new password by mail. The answer to a request is the same whoever asks for whomever."""

from typing import Any

from flask import redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Gone, Invalid
from concord.identity import reset, throttle
from concord.identity.devices import remember_device
from concord.identity.entrance import ACCOUNT, answer_after
from concord.identity.routes import routes
from concord.identity.schemas import ForgotIn, NewPasswordIn
from concord.identity.throttle import HOUR, Limit, block_of
from concord.web.forms import load
from concord.web.pages import render
from concord.web.request import close_session, session
from concord.web.routing import EVERYBODY, PUBLIC
from concord.web.toasts import toast

REQUESTS = Limit("reset:block", 10, HOUR)
# Longer than writing a letter takes, so that nobody can tell whether one was written.
EVEN_TIME = 0.4


@routes.get("/password/forgot", permission=PUBLIC, faces=EVERYBODY)
def forgot() -> Response:
    return render("identity/forgot.html", email=request.args.get("email", ""), errors={})


@routes.post("/password/forgot", permission=PUBLIC, faces=EVERYBODY)
def ask_for_link() -> Response:
    answer_after(EVEN_TIME)
    close_session()
    throttle.attempt(REQUESTS.of(block_of(request.remote_addr)))
    try:
        email = load(ForgotIn())["email"]
    except Invalid as error:
        typed = request.form.get("email", "")
        return render("identity/forgot.html", 422, email=typed, errors=error.errors)
    reset.request_reset(session(), email)
    return render("identity/forgot_sent.html", email=email)


@routes.get("/password/reset/<token>", permission=PUBLIC, faces=EVERYBODY)
def new_password(token: str) -> Response:
    return _form(token)


@routes.post("/password/reset/<token>", permission=PUBLIC, faces=EVERYBODY)
def set_password(token: str) -> Response:
    try:
        user = reset.set_new(session(), token, load(NewPasswordIn())["password"])
    except Gone:
        return _gone()
    except Invalid as error:
        close_session()
        return _form(token, 422, errors=error.errors)
    # Whoever guessed at this account meanwhile does not keep its owner out.
    throttle.forgive(session(), [ACCOUNT.of(user.email)])
    remember_device(user.email)
    toast(_("Your new password is set. Sign in with it."))
    return redirect("/login", 303)


def _form(token: str, status: int = 200, errors: Any = None) -> Response:
    try:
        user = reset.user_of(session(), token)
    except Gone:
        return _gone()
    return render("identity/reset.html", status, email=user.email, errors=errors or {})


def _gone() -> Response:
    close_session()
    return render("identity/link_gone.html", Gone.status, again="identity.forgot")
