"""Settings of the house: finding its people, those outside, and inviting colleagues."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.actors import Face
from concord.database.paging import Page
from concord.errors import Invalid, TooMany
from concord.identity import directory, invitations, queries
from concord.identity.models import User
from concord.identity.permissions import Identity
from concord.identity.routes import go, routes
from concord.identity.schemas import StaffInvitedIn
from concord.web.forms import load
from concord.web.pages import render
from concord.web.request import actor, close_session, is_fragment, session
from concord.web.toasts import toast

MANAGE = Identity.USER_MANAGE


@routes.get("/settings/people", permission=MANAGE)
def people() -> Response:
    asked = directory.Asked.of(request.args)
    found = queries.colleagues(session(), actor(), asked, cursor=request.args.get("cursor"))
    return render(
        _part_of("people"),
        **_shown(asked, found),
        teams=[(team.id, team.name) for team in queries.teams(session())],
        roles=[(role.key, _(role.name)) for role in queries.roles(session(), Face.STAFF)],
    )


@routes.get("/settings/portal", permission=MANAGE)
def outside() -> Response:
    asked = directory.Asked.of(request.args)
    found = queries.people_outside(session(), actor(), asked, cursor=request.args.get("cursor"))
    return render(_part_of("people_outside"), **_shown(asked, found))


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
    return go("/settings/invitations")


def _part_of(table: str) -> str:
    """The page, what a search found, or the next rows when the end of the table came into view."""
    if not is_fragment():
        return f"identity/{table}.html"
    return f"identity/{table}_{'rows' if 'cursor' in request.args else 'found'}.html"


def _shown(asked: directory.Asked, found: Page[User]) -> dict[str, Any]:
    """A page of people with what stands beside each."""
    ids = [user.id for user in found.items]
    return {
        "asked": asked,
        "people": found.items,
        "more": request.path + asked.query(found.next) if found.next else None,
        "seen": directory.last_seen(session(), ids),
        "factors": directory.with_factor(session(), ids),
    }


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
