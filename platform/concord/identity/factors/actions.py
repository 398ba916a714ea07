"""What people do with their factors; whoever changes one is told by mail, at once."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import delete
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.audit.writing import note
from concord.errors import Forbidden, Invalid, NotFound
from concord.identity import ceremonies, letters, requirement, users
from concord.identity.confirming import ensure_fresh
from concord.identity.factors import codes, passkeys, recovery, trusted
from concord.identity.factors.models import CodeApp, Passkey, RecoveryCode
from concord.identity.models import User
from concord.identity.permissions import Identity
from concord.identity.roles import ADMINISTRATOR
from concord.identity.sessions import end_sessions_of
from concord.web.marks import N_

APP_ADDED = N_("An app that shows codes was set up as your second factor.")
APP_REMOVED = N_("The app that shows codes was removed from your account.")
PASSKEY_ADDED = N_("A passkey was added to your account.")
PASSKEY_REMOVED = N_("A passkey was removed from your account.")
CODES_MADE = N_("New recovery codes were made; older ones no longer work.")
CODE_USED = N_("A recovery code was used to sign in.")
RESET = N_("An administrator has removed the second factor of your account.")


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody has set up."""

    app: CodeApp | None
    passkeys: list[Passkey]
    codes_left: int

    @property
    def any(self) -> bool:
        return self.app is not None or bool(self.passkeys)


def held(session: Session, user_id: int) -> Held:
    return Held(
        codes.app_of(session, user_id),
        passkeys.passkeys_of(session, user_id),
        recovery.left(session, user_id),
    )


def add_app(session: Session, actor: Actor, user: User, secret: str, code: str) -> list[str]:
    """Set up an app that shows `code`; gives recovery codes where it is the first factor."""
    ensure_fresh(session, actor)
    was_first = not requirement.has_factor(session, user.id)
    codes.add(session, user, secret, code)
    return _added(session, user, APP_ADDED, was_first)


def add_passkey(session: Session, actor: Actor, user: User, answer: str, name: str) -> list[str]:
    """Keep the passkey the browser made; gives recovery codes where it is the first factor."""
    ensure_fresh(session, actor)
    was_first = not requirement.has_factor(session, user.id)
    passkeys.add(session, user, answer, name)
    return _added(session, user, PASSKEY_ADDED, was_first)


def rename_passkey(session: Session, user: User, passkey_id: int, name: str) -> None:
    passkey_of(session, user, passkey_id).name = name


def remove_app(session: Session, actor: Actor, user: User) -> None:
    ensure_fresh(session, actor)
    app = codes.app_of(session, user.id)
    if app is None:
        raise NotFound
    _remove(session, user, app, APP_REMOVED)


def remove_passkey(session: Session, actor: Actor, user: User, passkey_id: int) -> None:
    ensure_fresh(session, actor)
    _remove(session, user, passkey_of(session, user, passkey_id), PASSKEY_REMOVED)


def renew_codes(session: Session, actor: Actor, user: User) -> list[str]:
    """Ten new recovery codes; Invalid for somebody who has no factor to recover."""
    ensure_fresh(session, actor)
    if not requirement.has_factor(session, user.id):
        raise Invalid({"_": [_("Set up a second factor first.")]})
    note(session, actor, "recovery_codes_made", table="concord_users", row_id=user.id)
    letters.warn(session, user, CODES_MADE)
    return recovery.make(session, user.id)


def note_recovery(session: Session, actor: Actor, user: User) -> None:
    """A recovery code let somebody in: its owner is told."""
    note(session, actor, "recovery_code_used", table="concord_users", row_id=user.id)
    letters.warn(session, user, CODE_USED)


def reset(session: Session, actor: Actor, user: User) -> None:
    """Take all factors from somebody who lost them: an administrator does that, never oneself.

    They are signed out everywhere and told by mail; what they know is their password still.
    """
    ensure_fresh(session, actor)
    lifts = ADMINISTRATOR in users.roles_of(session, user) and not actor.may(Identity.ROLE_MANAGE)
    if user.id == actor.user_id or lifts:
        raise Forbidden
    for model in (CodeApp, Passkey):
        session.execute(delete(model).where(model.user_id == user.id))
    _forget_the_rest(session, user)
    end_sessions_of(session, user.id)
    note(session, actor, "second_factor_reset", table="concord_users", row_id=user.id)
    letters.warn(session, user, RESET)


def passkey_of(session: Session, user: User, passkey_id: int) -> Passkey:
    found = session.get(Passkey, passkey_id)
    if found is None or found.user_id != user.id:
        raise NotFound
    return found


def _added(session: Session, user: User, sentence: str, was_first: bool) -> list[str]:
    session.flush()
    requirement.met(session, user.id)
    letters.warn(session, user, sentence)
    return recovery.make(session, user.id) if was_first else []


def _remove(session: Session, user: User, factor: CodeApp | Passkey, sentence: str) -> None:
    """The last factor stays where the organisation asks for one."""
    session.delete(factor)
    session.flush()
    if requirement.is_unmet(session, user):
        raise Invalid({"_": [_("Your organisation asks for a second factor: add another first.")]})
    if not requirement.has_factor(session, user.id):
        _forget_the_rest(session, user)
    letters.warn(session, user, sentence)


def _forget_the_rest(session: Session, user: User) -> None:
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    trusted.distrust_all(session, user.id)
    ceremonies.forget(session, user.id)
