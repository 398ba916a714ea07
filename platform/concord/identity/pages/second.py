"""The second step of signing in: a code, a passkey, or a recovery code."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from concord.actors import Actor
from concord.errors import Gone, Invalid, TooMany
from concord.identity import second_step
from concord.identity.entrance import WrongPassword, let_in, note_failed
from concord.identity.factors import actions, passkeys, recovery, trusted
from concord.identity.factors.passkeys import WrongPasskey
from concord.identity.factors.schemas import SecondStepIn
from concord.identity.models import User
from concord.identity.oidc import linking
from concord.identity.oidc.vouched import Vouched
from concord.identity.pages.admission import SECOND, home
from concord.identity.pages.entrance import door
from concord.identity.routes import routes
from concord.identity.second_step import Waiting
from concord.web.forms import load
from concord.web.pages import render
from concord.web.request import close_session, session
from concord.web.routing import EVERYBODY, PUBLIC
from concord.web.toasts import toast


@routes.get(SECOND, permission=PUBLIC, faces=EVERYBODY)
def second() -> Response:
    try:
        return _page(second_step.waiting(session()))
    except Gone as error:
        return _again(error)


@routes.post(SECOND, permission=PUBLIC, faces=EVERYBODY)
def show_second() -> Response:
    try:
        waiting = second_step.waiting(session())
        return _let_in(waiting, **load(SecondStepIn()))
    except Gone as error:
        return _again(error)
    except (Invalid, WrongPasskey) as error:
        sentences = error.errors if isinstance(error, Invalid) else {"_": [_(error.title)]}
        return _page(waiting, error.status, sentences)
    except TooMany as error:
        response = _page(waiting, error.status, wait=max(1, round(error.retry_after / 60)))
        response.headers["Retry-After"] = str(error.retry_after)
        return response


@routes.post(f"{SECOND}/passkey", permission=PUBLIC, faces=EVERYBODY)
def ask_second_passkey() -> Response:
    return Response(second_step.ask_passkey(session()), mimetype="application/json")


def _let_in(waiting: Waiting, *, code: str, credential: str, trusted: bool) -> Response:
    close_session()
    second_step.attempt(waiting.user_id)
    proof = _proof(waiting, code, credential)
    second_step.finish(session())
    second_step.forgive(session(), waiting.user_id)
    user = session().get_one(User, waiting.user_id)
    if waiting.link is not None:
        linking.link(session(), user, Vouched(**waiting.link))
    if trusted and proof != "recovery":
        _trust(user)
    try:
        who = let_in(
            user,
            way=waiting.way,
            lasting=waiting.lasting,
            membership_id=waiting.membership_id,
        )
    except WrongPassword as error:
        return _again(error)
    if proof == "recovery":
        _say_how_many_are_left(who, user)
    return redirect(home(who, waiting.to), 303)


def _proof(waiting: Waiting, code: str, credential: str) -> str:
    """What was shown; Invalid or WrongPasskey where it proves nothing, and that is kept."""
    try:
        if credential:
            second_step.check_passkey(session(), waiting.user_id, credential)
            return "passkey"
        if (how := second_step.code_matches(session(), waiting.user_id, code)) is not None:
            return how
        raise Invalid({"code": [_("This code is not right, or it has been used already.")]})
    except (Invalid, WrongPasskey):
        close_session()
        note_failed(waiting.user_id)
        raise


def _trust(user: User) -> None:
    trusted.trust(session(), user.id)


def _say_how_many_are_left(who: Actor, user: User) -> None:
    actions.note_recovery(session(), who, user)
    left = recovery.left(session(), user.id)
    toast(
        ngettext(
            "You have %(num)s recovery code left.", "You have %(num)s recovery codes left.", left
        ),
        tone="risk" if left < 3 else "ok",
    )


def _page(
    waiting: Waiting,
    status: int = 200,
    errors: Mapping[str, Any] | None = None,
    wait: int = 0,
) -> Response:
    close_session()
    held = actions.held(session(), waiting.user_id)
    return render(
        "identity/second.html",
        status,
        has_app=held.app is not None,
        has_passkeys=bool(held.passkeys) and passkeys.elsewhere() is None,
        has_codes=held.codes_left > 0,
        is_staff=session().get_one(User, waiting.user_id).is_staff,
        trusted=bool(request.form.get("trusted")),
        errors=errors or {},
        wait=wait,
    )


def _again(error: Gone | WrongPassword) -> Response:
    return door(error.status, errors={"_": [_(error.detail or error.title)]})
