"""Settings of the house: one person. Rights, ways in, what is theirs, and shutting them out."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.actors import Face
from concord.audit.permissions import Audit
from concord.audit.writing import note
from concord.errors import Invalid, NotFound
from concord.identity import (
    directory,
    erasing,
    handing_over,
    looking,
    memberships,
    queries,
    requirement,
    reset,
    users,
)
from concord.identity.models import PortalMembership, User
from concord.identity.permissions import Identity
from concord.identity.routes import go, routes
from concord.identity.schemas import DisableIn, PersonIn
from concord.identity.sessions import end_sessions_of
from concord.installation import current_installation
from concord.web.forms import load
from concord.web.pages import render
from concord.web.request import actor, close_session, session
from concord.web.toasts import toast

MANAGE = Identity.USER_MANAGE
HERE = "/settings/people/<int:user_id>"


@routes.get(HERE, permission=MANAGE)
def person(user_id: int) -> Response:
    return _person(user_id)


@routes.post(HERE, permission=MANAGE)
def change_person(user_id: int) -> Response:
    user = _found(user_id)
    try:
        changes = load(PersonIn(), partial=True, beside=("with_roles",))
        if user.is_staff and request.form.get("with_roles"):
            changes.setdefault("roles", [])
        users.change(session(), actor(), user, changes)
    except Invalid as error:
        return _person(user_id, error.errors)
    toast(_("Saved."))
    return go(_address(user_id))


@routes.get(f"{HERE}/disable", permission=MANAGE)
def ask_to_disable(user_id: int) -> Response:
    return _ask_to_disable(user_id)


@routes.post(f"{HERE}/disable", permission=MANAGE)
def disable(user_id: int) -> Response:
    user = _found(user_id)
    try:
        successor_id = load(DisableIn()).get("successor_id")
        users.disable(session(), actor(), user)
        if successor_id is not None:
            handing_over.hand_over(session(), actor(), user, successor_id)
    except Invalid as error:
        return _ask_to_disable(user_id, error.errors)
    toast(_("%(name)s can no longer sign in.", name=user.name))
    return go(_address(user_id))


@routes.get(f"{HERE}/hand-over", permission=MANAGE)
def ask_to_hand_over(user_id: int) -> Response:
    """For somebody who is disabled already, and still owns something."""
    return _ask_to_disable(user_id)


@routes.post(f"{HERE}/hand-over", permission=MANAGE)
def hand_over(user_id: int) -> Response:
    user = _found(user_id)
    if user.disabled_at is None:
        raise NotFound
    try:
        handing_over.hand_over(session(), actor(), user, load(DisableIn())["successor_id"])
    except (Invalid, KeyError) as error:
        errors = error.errors if isinstance(error, Invalid) else {}
        return _ask_to_disable(user_id, errors or {"successor_id": [_("This is needed.")]})
    toast(_("The records are on their way to their new owner."))
    return go(_address(user_id))


@routes.post(f"{HERE}/enable", permission=MANAGE)
def enable(user_id: int) -> Response:
    user = _found(user_id)
    users.enable(session(), actor(), user)
    toast(_("%(name)s can sign in again.", name=user.name))
    return go(_address(user_id))


@routes.post(f"{HERE}/erase", permission=MANAGE)
def erase_person(user_id: int) -> Response:
    """For good: name, address, ways in. What they wrote for the house stays, without their name."""
    user = _found(user_id)
    try:
        erasing.erase(session(), actor(), user)
    except Invalid as error:
        return _person(user_id, error.errors)
    toast(_("The personal data is erased."))
    return go(_address(user_id))


@routes.post(f"{HERE}/sign-out", permission=MANAGE)
def sign_out_everywhere(user_id: int) -> Response:
    """Every browser of theirs; one's own stays where one signs out oneself."""
    user = _found(user_id)
    end_sessions_of(session(), user.id, but=actor().session_id)
    note(session(), actor(), "signed_out", table="concord_users", row_id=user.id)
    toast(_("%(name)s is signed out everywhere.", name=user.name))
    return go(_address(user_id))


@routes.post(f"{HERE}/password-link", permission=MANAGE)
def send_password_link(user_id: int) -> Response:
    user = _found(user_id)
    reset.request_reset(session(), user.email)
    toast(_("A link is on its way to %(email)s.", email=user.email))
    return go(_address(user_id))


@routes.post(f"{HERE}/memberships/<int:membership_id>/remove", permission=MANAGE)
def remove_membership(user_id: int, membership_id: int) -> Response:
    user = _found(user_id)
    membership = session().get(PortalMembership, membership_id)
    if membership is None or membership.user_id != user.id:
        raise NotFound
    memberships.remove(session(), actor(), membership)
    toast(_("Access ended."))
    return go(_address(user_id))


def _found(user_id: int) -> User:
    return queries.person(session(), actor(), user_id)


def _address(user_id: int) -> str:
    return f"/settings/people/{user_id}"


def _person(user_id: int, errors: Mapping[str, Any] | None = None) -> Response:
    close_session()
    user = _found(user_id)
    held = [role.key for role in user.held_roles]
    return render(
        "identity/person.html",
        422 if errors else 200,
        person=user,
        typed=request.form if errors else {},
        chosen=request.form.getlist("roles") if errors else held,
        teams=[(team.id, team.name) for team in queries.teams(session())],
        roles=queries.roles(session(), Face.STAFF),
        has_factor=requirement.has_factor(session(), user.id),
        last_seen=directory.last_seen(session(), [user.id]).get(user.id),
        devices=directory.devices(session(), user.id),
        owned=_owned(user.id),
        memberships=queries.memberships_of(session(), user.id),
        may_look=looking.may_look(actor()) and actor().looking is None,
        may_audit=actor().may(Audit.READ),
        erased=erasing.is_erased(user),
        errors=errors or {},
    )


def _owned(user_id: int) -> list[tuple[str, int]]:
    """What is theirs, as words and numbers, of the kinds that this house knows."""
    counted = directory.owned(session(), user_id)
    known = current_installation().records
    own = [known[kind] for kind in handing_over.kinds() if kind in counted]
    return [(str(kind.label), counted[kind.kind]) for kind in own]


def _ask_to_disable(user_id: int, errors: Mapping[str, Any] | None = None) -> Response:
    close_session()
    user = _found(user_id)
    names = queries.staff_names(session())
    return render(
        "identity/disable.html",
        422 if errors else 200,
        person=user,
        owned=_owned(user.id) if user.is_staff else [],
        colleagues=[choice for choice in names if choice[0] != user.id],
        successor=request.form.get("successor_id", ""),
        errors=errors or {},
    )
