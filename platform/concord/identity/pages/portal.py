"""Who of a company may enter its portal: for staff beside the company, for its people inside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.actors import Face
from concord.errors import Forbidden, Invalid, NotFound, TooMany
from concord.identity import invitations, memberships, queries
from concord.identity.models import Invitation, PortalMembership
from concord.identity.permissions import Identity
from concord.identity.routes import go, routes
from concord.identity.schemas import InvitedIn, PortalInvitedIn
from concord.parties.models import Party
from concord.portal.view import page
from concord.records.access import find_record
from concord.web.forms import load
from concord.web.pages import render
from concord.web.request import actor, close_session, is_fragment, session
from concord.web.routing import OUTSIDE
from concord.web.toasts import toast

COLLEAGUES = "/portal/colleagues"


@dataclass(frozen=True, slots=True)
class Colleague:
    """What people outside see of those who act for the same company."""

    membership_id: int
    user_id: int
    name: str
    email: str
    title: str | None
    is_administrator: bool
    is_me: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """An invitation that nobody has accepted yet."""

    id: int
    name: str
    email: str
    expires_at: datetime


@routes.get("/portal-access/<int:record_id>", permission=Identity.PORTAL_INVITE)
def portal_access(record_id: int) -> Response:
    return _access(_writable(record_id))


@routes.post("/portal-access/<int:record_id>", permission=Identity.PORTAL_INVITE)
def invite_to_portal(record_id: int) -> Response:
    company = _writable(record_id)
    try:
        given = load(PortalInvitedIn())
        face = Face(given.pop("face"))
        invitations.invite_to_portal(session(), actor(), company, face=face, **given)
    except Invalid as error:
        return _refused(record_id, error.errors)
    except TooMany as error:
        return _refused(record_id, {"_": [error.detail]})
    toast(_("The invitation is on its way."))
    return _changed(company)


@routes.post(
    "/portal-access/<int:record_id>/members/<int:membership_id>/remove",
    permission=Identity.PORTAL_INVITE,
)
def end_access(record_id: int, membership_id: int) -> Response:
    company = _writable(record_id)
    membership = session().get(PortalMembership, membership_id)
    if membership is None or membership.company_id != company.id:
        raise NotFound
    memberships.remove(session(), actor(), membership)
    toast(_("Access ended."))
    return _changed(company)


@routes.post(
    "/portal-access/<int:record_id>/invitations/<int:invitation_id>/withdraw",
    permission=Identity.PORTAL_INVITE,
)
def withdraw_access(record_id: int, invitation_id: int) -> Response:
    company = _writable(record_id)
    invitations.withdraw(session(), actor(), _waiting(invitation_id, company.id))
    toast(_("The invitation is withdrawn."))
    return _changed(company)


@routes.get(COLLEAGUES, permission=Identity.USER_READ, faces=OUTSIDE)
def colleagues() -> Response:
    return _colleagues()


@routes.post(COLLEAGUES, permission=Identity.COLLEAGUE_INVITE, faces=OUTSIDE)
def invite_colleague() -> Response:
    try:
        invitations.invite_colleague(session(), actor(), **load(InvitedIn()))
    except Invalid as error:
        return _colleagues(error.errors)
    except TooMany as error:
        return _colleagues({"_": [error.detail]})
    toast(_("The invitation is on its way."))
    return go(COLLEAGUES)


@routes.post(
    f"{COLLEAGUES}/<int:membership_id>/remove",
    permission=Identity.COLLEAGUE_INVITE,
    faces=OUTSIDE,
)
def remove_colleague(membership_id: int) -> Response:
    found = memberships.colleague(session(), actor(), membership_id)
    memberships.remove(session(), actor(), found)
    toast(_("Access ended."))
    return go(COLLEAGUES)


@routes.post(
    f"{COLLEAGUES}/invitations/<int:invitation_id>/withdraw",
    permission=Identity.COLLEAGUE_INVITE,
    faces=OUTSIDE,
)
def withdraw_colleague(invitation_id: int) -> Response:
    found = _waiting(invitation_id, actor().company_id, actor().face)
    invitations.withdraw(session(), actor(), found)
    toast(_("The invitation is withdrawn."))
    return go(COLLEAGUES)


def _writable(record_id: int) -> Party:
    """The company, if the caller sees it and may invite its people."""
    record, record_type = find_record(session(), actor(), record_id)
    if not isinstance(record, Party):
        raise NotFound
    if not record_type.policy.allows(actor(), Identity.PORTAL_INVITE, record):
        raise Forbidden
    return record


def _changed(company: Party) -> Response:
    """The list as it is now, in the dialog where it was changed; otherwise its page again."""
    return _access(company) if is_fragment() else go(f"/portal-access/{company.id}")


def _refused(record_id: int, errors: Mapping[str, Any]) -> Response:
    close_session()
    return _access(_writable(record_id), errors, request.form)


def _access(
    company: Party,
    errors: Mapping[str, Any] | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    return render(
        "identity/portal_access.html",
        422 if errors else 200,
        company=company,
        faces=[face.value for face in memberships.faces_of(company)],
        members=queries.members(session(), company.id),
        waiting=invitations.waiting(session(), company_id=company.id),
        typed=typed or {},
        errors=errors or {},
    )


def _colleagues(errors: Mapping[str, Any] | None = None) -> Response:
    close_session()
    who = actor()
    assert who.company_id is not None
    may_invite = who.may(Identity.COLLEAGUE_INVITE)
    found = queries.members(session(), who.company_id, who.face)
    waiting = invitations.waiting(session(), company_id=who.company_id, face=who.face)
    return page(
        "identity/colleagues.html",
        422 if errors else 200,
        colleagues=[_seen(membership) for membership in found],
        waiting=[Waiting(i.id, i.name, i.email, i.expires_at) for i in waiting if may_invite],
        may_invite=may_invite,
        typed=dict(request.form),
        errors=dict(errors or {}),
    )


def _seen(membership: PortalMembership) -> Colleague:
    return Colleague(
        membership_id=membership.id,
        user_id=membership.user_id,
        name=membership.user.name,
        email=membership.user.email,
        title=membership.user.title,
        is_administrator=membership.is_administrator,
        is_me=membership.id == actor().membership_id,
    )


def _waiting(invitation_id: int, company_id: int | None, face: Face | None = None) -> Invitation:
    found = session().get(Invitation, invitation_id)
    if found is None or found.company_id != company_id or found.accepted_at is not None:
        raise NotFound
    if face is not None and found.face != face.value:
        raise NotFound
    return found
