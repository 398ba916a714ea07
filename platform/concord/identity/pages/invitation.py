"""An invitation's link: what it opens, and accepting it with a new account or the one there is."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Gone, Invalid, TooMany
from concord.identity import acceptance, memberships, second_step, users
from concord.identity.entrance import WrongPassword, let_in, proven
from concord.identity.models import Invitation, PortalMembership, User
from concord.identity.pages.admission import admission
from concord.identity.routes import routes
from concord.identity.schemas import AcceptIn, NewPasswordIn
from concord.records.models import Record
from concord.web.forms import load
from concord.web.pages import render
from concord.web.request import actor, actor_or_none, close_session, session
from concord.web.routing import EVERYBODY, PUBLIC


@routes.get("/invitations/<token>", permission=PUBLIC, faces=EVERYBODY)
def invitation(token: str) -> Response:
    return _shown(token)


@routes.post("/invitations/<token>", permission=PUBLIC, faces=EVERYBODY)
def accept(token: str) -> Response:
    try:
        found = acceptance.find(session(), token)
        owner = users.by_email(session(), found.email)
        if owner is None:
            return _accept_as_new(found)
        if _is_here(owner):
            return _accept_here(found, owner)
        return _accept_with_password(token, found.email)
    except Gone:
        return _gone()
    except (Invalid, WrongPassword, TooMany) as error:
        return _shown(token, error.status, _sentences(error))


def _accept_as_new(found: Invitation) -> Response:
    user, membership = acceptance.accept_as_new(session(), found, **load(AcceptIn()))
    return _welcome(user, membership)


def _accept_here(found: Invitation, owner: User) -> Response:
    membership = acceptance.accept(session(), found, owner)
    if membership is not None:
        memberships.switch(session(), actor(), membership.id)
    return redirect(_home(owner), 303)


def _accept_with_password(token: str, email: str) -> Response:
    """Holding the mail is not enough: what the door asks is asked here. Whoever has a second factor
    shows it first, and finds the invitation after that."""
    owner = proven(email, load(NewPasswordIn())["password"])
    if second_step.is_asked(session(), owner):
        return admission(owner, to=f"/invitations/{token}")
    membership = acceptance.accept(session(), acceptance.find(session(), token), owner)
    return _welcome(owner, membership)


def _welcome(user: User, membership: PortalMembership | None) -> Response:
    session().flush()
    let_in(user, membership_id=None if membership is None else membership.id)
    return redirect(_home(user), 303)


def _shown(token: str, status: int = 200, errors: Mapping[str, Any] | None = None) -> Response:
    close_session()
    try:
        found = acceptance.find(session(), token)
    except Gone:
        return _gone()
    owner = users.by_email(session(), found.email)
    company = None if found.company_id is None else session().get(Record, found.company_id)
    here = actor_or_none()
    return render(
        "identity/invitation.html",
        status,
        invitation=found,
        company=company,
        known=owner is not None,
        is_here=owner is not None and _is_here(owner),
        somebody_else=here.name if here is not None and not (owner and _is_here(owner)) else None,
        name=request.form.get("name", found.name),
        chosen_language=request.form.get("language", found.language),
        errors=errors or {},
    )


def _sentences(error: Invalid | WrongPassword | TooMany) -> Mapping[str, Any]:
    return error.errors if isinstance(error, Invalid) else {"_": [_(error.title)]}


def _is_here(owner: User) -> bool:
    who = actor_or_none()
    return who is not None and who.user_id == owner.id


def _home(user: User) -> str:
    return "/" if user.is_staff else "/portal/"


def _gone() -> Response:
    close_session()
    return render("identity/link_gone.html", Gone.status, again=None)
