"""Settings of the house: every invitation, to the staff and to portals, with what came of it."""

from typing import Any

from flask import request
from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from concord.clock import now
from concord.database.paging import page
from concord.errors import NotFound
from concord.identity import invitations as actions
from concord.identity.models import Invitation
from concord.identity.permissions import Identity
from concord.identity.routes import go, routes
from concord.web.pages import render
from concord.web.request import actor, is_fragment, session
from concord.web.toasts import toast

MANAGE = Identity.USER_MANAGE
HOME = "/settings/invitations"
STATES = ("open", "expired", "accepted")


@routes.get(HOME, permission=MANAGE)
def all_invitations() -> Response:
    state = request.args.get("state", "open")
    state = state if state in STATES else "open"
    cursor = request.args.get("cursor")
    found = page(session(), _in_state(state), order=[Invitation.id.desc()], cursor=cursor)
    return render(
        "identity/invitations_rows.html"
        if is_fragment() and cursor
        else "identity/invitations.html",
        state=state,
        invitations=found.items,
        more=f"{HOME}?state={state}&cursor={found.next}" if found.next else None,
    )


@routes.post(f"{HOME}/<int:invitation_id>/resend", permission=MANAGE)
def resend_invitation(invitation_id: int) -> Response:
    actions.resend(session(), actor(), _invitation(invitation_id))
    toast(_("A new link is on its way; the old one no longer works."))
    return go(HOME)


@routes.post(f"{HOME}/<int:invitation_id>/withdraw", permission=MANAGE)
def withdraw_invitation(invitation_id: int) -> Response:
    found = _invitation(invitation_id)
    if found.accepted_at is not None:
        raise NotFound
    actions.withdraw(session(), actor(), found)
    toast(_("The invitation is withdrawn."))
    return go(HOME)


def _in_state(state: str) -> Select[Any]:
    query = select(Invitation).options(
        joinedload(Invitation.company), joinedload(Invitation.inviter)
    )
    if state == "accepted":
        return query.where(Invitation.accepted_at.is_not(None))
    query = query.where(Invitation.accepted_at.is_(None))
    moment = now()
    over = Invitation.expires_at <= moment if state == "expired" else Invitation.expires_at > moment
    return query.where(over)


def _invitation(invitation_id: int) -> Invitation:
    found = session().get(Invitation, invitation_id)
    if found is None:
        raise NotFound
    return found
