"""Settings of the house: its people. Inviting, changing, disabling; each form opens in a dialog."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.actors import Face
from concord.errors import Invalid, NotFound, TooMany
from concord.identity import invitations, queries, requirement, users
from concord.identity.models import Invitation
from concord.identity.permissions import Identity
from concord.identity.routes import go, routes
from concord.identity.schemas import PersonIn, StaffInvitedIn
from concord.web.forms import load
from concord.web.pages import render
from concord.web.request import actor, close_session, is_fragment, session
from concord.web.toasts import toast

MANAGE = Identity.USER_MANAGE
HOME = "/settings/people"


@routes.get("/settings/people", permission=MANAGE)
def people() -> Response:
    found = queries.colleagues(session(), actor(), cursor=request.args.get("cursor"))
    waiting = [] if "cursor" in request.args else invitations.waiting(session())
    return render(_rows_of("people"), people=found.items, next=found.next, waiting=waiting)


@routes.get("/settings/portal", permission=MANAGE)
def outside() -> Response:
    found = queries.people_outside(session(), actor(), cursor=request.args.get("cursor"))
    return render(_rows_of("people_outside"), people=found.items, next=found.next)


@routes.get("/settings/invite", permission=MANAGE)
def invite() -> Response:
    return _invite()


@routes.post("/settings/invite", permission=MANAGE)
def send_invitation() -> Response:
    try:
        invitations.invite_staff(session(), actor(), **load(StaffInvitedIn()))
    except Invalid as error:
        return _invite(error.errors)
    except TooMany as error:
        return _invite({"_": [error.detail]})
    toast(_("The invitation is on its way."))
    return go(HOME)


@routes.post("/settings/invitations/<int:invitation_id>/withdraw", permission=MANAGE)
def withdraw_invitation(invitation_id: int) -> Response:
    found = session().get(Invitation, invitation_id)
    if found is None or not found.is_staff or found.accepted_at is not None:
        raise NotFound
    invitations.withdraw(session(), actor(), found)
    toast(_("The invitation is withdrawn."))
    return go(HOME)


@routes.get("/settings/people/<int:user_id>", permission=MANAGE)
def person(user_id: int) -> Response:
    return _person(user_id)


@routes.post("/settings/people/<int:user_id>", permission=MANAGE)
def change_person(user_id: int) -> Response:
    user = queries.person(session(), actor(), user_id)
    try:
        changes = load(PersonIn(), partial=True, beside=("with_roles",))
        if user.is_staff and request.form.get("with_roles"):
            changes.setdefault("roles", [])
        users.change(session(), actor(), user, changes)
    except Invalid as error:
        return _person(user_id, error.errors)
    toast(_("Saved."))
    return go(_list(user.is_staff))


@routes.get("/settings/people/<int:user_id>/disable", permission=MANAGE)
def ask_to_disable(user_id: int) -> Response:
    user = queries.person(session(), actor(), user_id)
    return render("identity/disable.html", person=user, errors={})


@routes.post("/settings/people/<int:user_id>/disable", permission=MANAGE)
def disable(user_id: int) -> Response:
    user = queries.person(session(), actor(), user_id)
    try:
        users.disable(session(), actor(), user)
    except Invalid as error:
        close_session()
        user = queries.person(session(), actor(), user_id)
        return render("identity/disable.html", 422, person=user, errors=error.errors)
    toast(_("%(name)s can no longer sign in.", name=user.name))
    return go(_list(user.is_staff))


@routes.post("/settings/people/<int:user_id>/enable", permission=MANAGE)
def enable(user_id: int) -> Response:
    user = queries.person(session(), actor(), user_id)
    users.enable(session(), actor(), user)
    toast(_("%(name)s can sign in again.", name=user.name))
    return go(_list(user.is_staff))


def _rows_of(table: str) -> str:
    """The page, or its next rows alone when the end of the table came into view."""
    more = is_fragment() and "cursor" in request.args
    return f"identity/{table}_rows.html" if more else f"identity/{table}.html"


def _invite(errors: Mapping[str, Any] | None = None) -> Response:
    close_session()
    return render(
        "identity/invite.html",
        422 if errors else 200,
        typed=request.form,
        chosen=request.form.getlist("roles"),
        teams=[(team.id, team.name) for team in queries.teams(session())],
        roles=queries.roles(session(), Face.STAFF),
        errors=errors or {},
    )


def _person(user_id: int, errors: Mapping[str, Any] | None = None) -> Response:
    close_session()
    user = queries.person(session(), actor(), user_id)
    held = [role.key for role in user.held_roles]
    return render(
        "identity/person.html",
        422 if errors else 200,
        person=user,
        typed=request.form,
        chosen=request.form.getlist("roles") if errors else held,
        teams=[(team.id, team.name) for team in queries.teams(session())],
        roles=queries.roles(session(), Face.STAFF),
        has_factor=requirement.has_factor(session(), user.id),
        errors=errors or {},
    )


def _list(is_staff: bool) -> str:
    return HOME if is_staff else "/settings/portal"
