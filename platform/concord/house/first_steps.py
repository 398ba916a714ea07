"""What an administrator does first in a new house: each step sees by itself whether it is done."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.audit.writing import note
from concord.house.models import Logo
from concord.house.permissions import House
from concord.identity.models import Invitation, Team, User
from concord.identity.permissions import Identity
from concord.identity.requirement import has_factor
from concord.installation import current_installation
from concord.mail.models import Mail
from concord.organisation import DEFAULT_NAME, KEY, read_setting, write_setting
from concord.slots import FirstStep, WorkbenchBlock

SETTING = "first_steps"


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    note: str
    url: str
    icon: str
    done: bool


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps this administrator can take, and how many are done."""

    steps: tuple[Step, ...]
    done: int


def load(session: Session, actor: Actor) -> Steps | None:
    """None once all is done, or somebody has put the list away."""
    if actor.looking is not None or read_setting(session, SETTING).get("put_away"):
        return None
    known = (step for module in current_installation().modules for step in module.first_steps)
    mine = [step for step in known if step.permission is None or actor.may(step.permission)]
    steps = tuple(_step(session, actor, step) for step in sorted(mine, key=lambda s: s.order))
    done = sum(step.done for step in steps)
    return None if done == len(steps) else Steps(steps, done)


def put_away(session: Session, actor: Actor) -> None:
    write_setting(session, SETTING, {"put_away": True})
    note(session, actor, "update", table="concord_settings", changes={"first_steps": "put away"})


def _step(session: Session, actor: Actor, step: FirstStep) -> Step:
    done = step.is_done(session, actor)
    return Step(str(step.label), str(step.note), url_for(step.endpoint), step.icon, done)


def _is_named(session: Session, _actor: Actor) -> bool:
    named = read_setting(session, KEY).get("name", DEFAULT_NAME) != DEFAULT_NAME
    return named and session.scalar(select(Logo.id)) is not None


def _has_colleagues(session: Session, actor: Actor) -> bool:
    others = exists().where(User.is_staff, User.id != actor.user_id)
    return bool(session.scalar(select(others | exists().where(Invitation.is_staff))))


def _has_teams(session: Session, _actor: Actor) -> bool:
    return session.scalar(select(Team.id).limit(1)) is not None


def _mail_works(session: Session, _actor: Actor) -> bool:
    if current_installation().settings.mail_url is None:
        return False
    return bool(session.scalar(select(exists().where(Mail.sent_at.is_not(None)))))


def _is_safe(session: Session, actor: Actor) -> bool:
    return actor.user_id is not None and has_factor(session, actor.user_id)


BLOCK = WorkbenchBlock(
    name="first-steps",
    template="house/first_steps.html",
    load=load,
    permission=House.MANAGE,
    place="main",
    order=1,
)
STEPS = (
    FirstStep(
        label=_l("Name and logo"),
        note=_l("Your people and customers see them on every page and letter."),
        endpoint="house.settings", icon="building-2", order=10,
        permission=House.MANAGE, is_done=_is_named,
    ),
    FirstStep(
        label=_l("Does mail arrive?"),
        note=_l("Set CONCORD_MAIL_URL, then send yourself a test mail."),
        endpoint="house.settings", icon="mail", order=20,
        permission=House.MANAGE, is_done=_mail_works,
    ),
    FirstStep(
        label=_l("A second factor for yourself"),
        note=_l("An administrator's password alone opens too much."),
        endpoint="identity.security", icon="shield-check", order=30,
        permission=None, is_done=_is_safe,
    ),
    FirstStep(
        label=_l("Teams"),
        note=_l("Colleagues of a team share what their role shows them of the team's records."),
        endpoint="identity.teams", icon="handshake", order=40,
        permission=Identity.USER_MANAGE, is_done=_has_teams,
    ),
    FirstStep(
        label=_l("Invite your colleagues"),
        note=_l("Each chooses a password with the link they get by mail."),
        endpoint="identity.all_invitations", icon="user-plus", order=50,
        permission=Identity.USER_MANAGE, is_done=_has_colleagues,
    ),
)  # fmt: skip
