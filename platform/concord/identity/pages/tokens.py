"""The own API tokens: made, shown once, revoked."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from concord.clock import now
from concord.errors import Invalid, NotFound
from concord.identity import tokens as actions
from concord.identity.models import ApiToken, User
from concord.identity.permissions import Identity
from concord.identity.routes import go, routes
from concord.identity.schemas import TokenIn
from concord.web.forms import load
from concord.web.pages import render
from concord.web.request import actor, close_session, session
from concord.web.toasts import toast

MANAGE = Identity.TOKEN_MANAGE
HOME = "/settings/tokens"
LIFETIMES = (30, 90, 365)


@routes.get("/settings/tokens", permission=MANAGE)
def tokens() -> Response:
    return _page()


@routes.get("/settings/tokens/new", permission=MANAGE)
def new_token() -> Response:
    return _form()


@routes.post("/settings/tokens", permission=MANAGE)
def create_token() -> Response:
    """The one answer that holds the secret: shown on the spot, never again."""
    try:
        given = load(TokenIn())
        expires_at = _end(given.pop("days"))
        user = session().get_one(User, actor().user_id)
        token, secret = actions.add(session(), actor(), user, expires_at=expires_at, **given)
    except Invalid as error:
        return _form(error.errors)
    return render("identity/token_made.html", token=token, secret=secret)


@routes.post("/settings/tokens/<int:token_id>/revoke", permission=MANAGE)
def revoke_token(token_id: int) -> Response:
    found = session().get(ApiToken, token_id)
    if found is None or found.user_id != actor().user_id:
        raise NotFound
    actions.revoke(session(), actor(), found)
    toast(_("The token no longer works."))
    return go(HOME)


def _page() -> Response:
    user_id = actor().user_id
    assert user_id is not None
    found = actions.tokens_of(session(), user_id)
    return render("identity/tokens.html", tokens=found, moment=now())


def _form(errors: Mapping[str, Any] | None = None) -> Response:
    close_session()
    return render(
        "identity/token_new.html",
        422 if errors else 200,
        typed=request.form,
        chosen=request.form.getlist("scopes"),
        scopes=sorted(actor().grants),
        lifetimes=[(days, ngettext("%(num)s day", "%(num)s days", days)) for days in LIFETIMES],
        errors=errors or {},
    )


def _end(days: int | None) -> Any:
    if days is None:
        return None
    if days not in LIFETIMES:
        raise Invalid({"days": [_("Choose one of those offered.")]})
    return now() + timedelta(days=days)
