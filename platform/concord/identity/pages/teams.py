"""Settings of the house: its teams."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Invalid, NotFound
from concord.identity import queries, users
from concord.identity import teams as actions
from concord.identity.models import Team
from concord.identity.permissions import Identity
from concord.identity.routes import go, routes
from concord.identity.schemas import MemberIn, TeamIn
from concord.web.forms import load
from concord.web.pages import render
from concord.web.request import actor, close_session, session
from concord.web.toasts import toast

MANAGE = Identity.USER_MANAGE
HOME = "/settings/teams"
HERE = f"{HOME}/<int:team_id>"


@routes.get("/settings/teams", permission=MANAGE)
def teams() -> Response:
    sizes = queries.team_sizes(session())
    return render("identity/teams.html", teams=queries.teams(session()), sizes=sizes)


@routes.get("/settings/teams/new", permission=MANAGE)
def new_team() -> Response:
    return _form()


@routes.post("/settings/teams", permission=MANAGE)
def create_team() -> Response:
    try:
        actions.create(session(), actor(), load(TeamIn())["name"])
    except Invalid as error:
        return _form(error.errors)
    toast(_("Saved."))
    return go(HOME)


@routes.get(HERE, permission=MANAGE)
def team(team_id: int) -> Response:
    return _team_page(team_id)


@routes.post(HERE, permission=MANAGE)
def rename_team(team_id: int) -> Response:
    try:
        actions.rename(session(), actor(), _team(team_id), load(TeamIn())["name"])
    except Invalid as error:
        return _team_page(team_id, error.errors)
    toast(_("Saved."))
    return go(f"{HOME}/{team_id}")


@routes.post(f"{HERE}/members", permission=MANAGE)
def add_to_team(team_id: int) -> Response:
    found = _team(team_id)
    person = queries.person(session(), actor(), load(MemberIn())["user_id"])
    users.set_team(session(), actor(), person, found.id)
    return go(f"{HOME}/{team_id}")


@routes.post(f"{HERE}/members/<int:user_id>/remove", permission=MANAGE)
def remove_from_team(team_id: int, user_id: int) -> Response:
    person = queries.person(session(), actor(), user_id)
    if person.team_id != _team(team_id).id:
        raise NotFound
    users.set_team(session(), actor(), person, None)
    return go(f"{HOME}/{team_id}")


@routes.post(f"{HERE}/remove", permission=MANAGE)
def remove_team(team_id: int) -> Response:
    found = _team(team_id)
    name = found.name
    try:
        actions.remove(session(), actor(), found)
    except Invalid as error:
        return _team_page(team_id, error.errors)
    toast(_("The team %(name)s is gone.", name=name))
    return go(HOME)


def _team_page(team_id: int, errors: Mapping[str, Any] | None = None) -> Response:
    close_session()
    found = _team(team_id)
    members = queries.team_members(session(), found.id)
    inside = {member.id for member in members}
    names = queries.staff_names(session())
    return render(
        "identity/team_page.html",
        422 if errors else 200,
        team=found,
        name=request.form.get("name", found.name),
        members=members,
        others=[choice for choice in names if choice[0] not in inside],
        used=actions.is_used(session(), found),
        errors=errors or {},
    )


def _form(errors: Mapping[str, Any] | None = None) -> Response:
    close_session()
    name = request.form.get("name", "")
    return render("identity/team.html", 422 if errors else 200, name=name, errors=errors or {})


def _team(team_id: int) -> Team:
    found = session().get(Team, team_id)
    if found is None:
        raise NotFound
    return found
