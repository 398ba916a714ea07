"""Settings of the house: its teams."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Invalid, NotFound
from concord.identity import queries
from concord.identity import teams as actions
from concord.identity.models import Team
from concord.identity.permissions import Identity
from concord.identity.routes import go, routes
from concord.identity.schemas import TeamIn
from concord.web.forms import load
from concord.web.pages import render
from concord.web.request import actor, close_session, session
from concord.web.toasts import toast

MANAGE = Identity.USER_MANAGE
HOME = "/settings/teams"


@routes.get("/settings/teams", permission=MANAGE)
def teams() -> Response:
    sizes = queries.team_sizes(session())
    return render("identity/teams.html", teams=queries.teams(session()), sizes=sizes)


@routes.get("/settings/teams/new", permission=MANAGE)
def new_team() -> Response:
    return _form(None)


@routes.post("/settings/teams", permission=MANAGE)
def create_team() -> Response:
    try:
        actions.create(session(), actor(), load(TeamIn())["name"])
    except Invalid as error:
        return _form(None, error.errors)
    toast(_("Saved."))
    return go(HOME)


@routes.get("/settings/teams/<int:team_id>", permission=MANAGE)
def team(team_id: int) -> Response:
    return _form(team_id)


@routes.post("/settings/teams/<int:team_id>", permission=MANAGE)
def rename_team(team_id: int) -> Response:
    try:
        actions.rename(session(), actor(), _team(team_id), load(TeamIn())["name"])
    except Invalid as error:
        return _form(team_id, error.errors)
    toast(_("Saved."))
    return go(HOME)


def _form(team_id: int | None, errors: Mapping[str, Any] | None = None) -> Response:
    close_session()
    found = None if team_id is None else _team(team_id)
    kept = "" if found is None else found.name
    return render(
        "identity/team.html",
        422 if errors else 200,
        team=found,
        name=request.form.get("name", kept),
        errors=errors or {},
    )


def _team(team_id: int) -> Team:
    found = session().get(Team, team_id)
    if found is None:
        raise NotFound
    return found
