"""Teams: a name under which colleagues share what they see."""

from flask_babel import gettext as _
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.errors import Invalid
from concord.identity.models import Invitation, Team, User
from concord.records.models import Record, RecordMember


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


def remove(session: Session, actor: Actor, team: Team) -> None:
    """Remove a team to which nobody and nothing belongs any more."""
    if is_used(session, team):
        raise Invalid({"_": [_("People or records still belong to this team.")]})
    session.delete(team)


def is_used(session: Session, team: Team) -> bool:
    """Whether people, records, shared access or open invitations name the team."""
    places = (User.team_id, Record.team_id, RecordMember.team_id, Invitation.team_id)
    return any(session.scalar(select(exists().where(place == team.id))) for place in places)


def _check(session: Session, name: str) -> None:
    if session.scalar(select(Team.id).where(Team.name == name)) is not None:
        raise Invalid({"name": [_("There is already a team of this name.")]})
