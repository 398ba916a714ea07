"""Teams: a name under which colleagues share what they see."""

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.errors import Invalid
from concord.identity.models import Team


def create(session: Session, actor: Actor, name: str) -> Team:
    _check(session, name)
    team = Team(name=name)
    session.add(team)
    session.flush()
    return team


def rename(session: Session, actor: Actor, team: Team, name: str) -> None:
    if name != team.name:
        _check(session, name)
        team.name = name


def _check(session: Session, name: str) -> None:
    if session.scalar(select(Team.id).where(Team.name == name)) is not None:
        raise Invalid({"name": [_("There is already a team of this name.")]})
