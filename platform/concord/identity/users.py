"""Changing people: only here, and whoever loses a right loses it at once."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from concord import organisation
from concord.actors import Actor, Face
from concord.audit.writing import note
from concord.clock import now
from concord.errors import Forbidden, Invalid, Stale
from concord.identity import ceremonies, passwords
from concord.identity.access import raise_epoch
from concord.identity.confirming import ensure_fresh
from concord.identity.email import normalised
from concord.identity.factors import trusted
from concord.identity.models import EmailChange, PasswordReset, Role, Team, User, UserRole
from concord.identity.pending import withdraw_invitations_of
from concord.identity.permissions import Identity
from concord.identity.role_actions import refuse_giving
from concord.identity.roles import ADMINISTRATOR
from concord.identity.sessions import end_sessions_of

ERASED = "erased.invalid"
"""The domain of the addresses that erased people have."""
OWN_FIELDS = frozenset({"name", "title", "phone", "language", "timezone", "theme"})


def create(
    session: Session,
    actor: Actor,
    *,
    name: str,
    email: str,
    is_staff: bool = True,
    role_keys: Iterable[str] = (),
    team_id: int | None = None,
    password: str | None = None,
    **details: Any,
) -> User:
    """A new person; Invalid where the address is taken or a role or team does not exist.

    `details` may hold title, phone, language, timezone, theme. Without a password the person
    cannot sign in until they set one by mail.
    """
    house = organisation.current()
    address = _address(session, email)
    if password is not None:
        passwords.check_new(password, email=address)
    user = User(
        name=name,
        email=address,
        is_staff=is_staff,
        password_hash=None if password is None else passwords.hashed(password),
        **{"language": house.language, "timezone": house.timezone, **details},
    )
    _add(session, user)
    if team_id is not None:
        set_team(session, actor, user, team_id)
    if is_staff:
        set_roles(session, actor, user, role_keys)
    return user


def change(
    session: Session,
    actor: Actor,
    user: User,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None = None,
) -> None:
    """Change a person's `name`, `title`, `team_id` and `roles` (keys); absent ones stay.

    Raises Stale when `expected_version` is no longer the person's.
    """
    if expected_version is not None and expected_version != user.version:
        raise Stale(user.version)
    for field in ("name", "title"):
        if field in changes:
            setattr(user, field, changes[field])
    if "team_id" in changes:
        set_team(session, actor, user, changes["team_id"])
    if "roles" in changes:
        set_roles(session, actor, user, changes["roles"])


def change_profile(session: Session, user: User, changes: Mapping[str, Any]) -> None:
    """What people may change of themselves: OWN_FIELDS and nothing else."""
    for field in OWN_FIELDS & changes.keys():
        setattr(user, field, changes[field])


def set_team(session: Session, actor: Actor, user: User, team_id: int | None) -> None:
    if team_id is not None and (not user.is_staff or session.get(Team, team_id) is None):
        raise Invalid({"team_id": [_("There is no such team.")]})
    if user.team_id != team_id:
        user.team_id = team_id
        raise_epoch(session)


def set_roles(session: Session, actor: Actor, user: User, keys: Iterable[str]) -> None:
    """Give a colleague exactly these roles. Other sessions of theirs end when that changes them.

    Raises ProofNeeded before there is a new administrator.
    """
    wanted, held = set(keys), set(roles_of(session, user))
    if wanted == held:
        return
    if not actor.may(Identity.ROLE_MANAGE):
        raise Forbidden
    found = _staff_roles(session, wanted) if user.is_staff else {}
    if wanted - found.keys():
        raise Invalid({"roles": [_("There is no such role.")]})
    if ADMINISTRATOR in wanted - held:
        ensure_fresh(session, actor)
    if ADMINISTRATOR in held - wanted:
        _keep_an_administrator(session, user, "roles")
    refuse_giving(actor, [role for key, role in found.items() if key not in held])
    session.execute(delete(UserRole).where(UserRole.user_id == user.id))
    session.add_all(UserRole(user_id=user.id, role_id=role.id) for role in found.values())
    session.flush()
    changes = {"roles": [sorted(held), sorted(wanted)]}
    note(session, actor, "update", table="concord_users", row_id=user.id, changes=changes)
    end_sessions_of(session, user.id, but=actor.session_id)


def roles_of(session: Session, user: User) -> list[str]:
    """The keys of a colleague's roles."""
    held = select(Role.key).join(UserRole, UserRole.role_id == Role.id)
    return list(session.scalars(held.where(UserRole.user_id == user.id).order_by(Role.id)))


def disable(session: Session, actor: Actor, user: User) -> None:
    """Shut somebody out everywhere: sessions, tokens, sockets, links sent by mail."""
    if user.id == actor.user_id:
        raise Invalid({"_": [_("Ask another administrator to disable your account.")]})
    if user.disabled_at is not None:
        return
    if ADMINISTRATOR in roles_of(session, user):
        _keep_an_administrator(session, user, "_")
    user.disabled_at = now()
    forget_links(session, user)
    withdraw_invitations_of(session, user.id)
    end_sessions_of(session, user.id)


def enable(session: Session, actor: Actor, user: User) -> None:
    """Let somebody in again; never oneself, nor who was erased."""
    if user.id == actor.user_id or user.email.endswith(f"@{ERASED}"):
        raise Forbidden
    user.disabled_at = None


def set_password(
    session: Session, actor: Actor, user: User, password: str, *, field: str = "password"
) -> None:
    """Set a checked password and sign the person out everywhere but in the actor's own session."""
    passwords.check_new(password, email=user.email, field=field)
    user.password_hash = passwords.hashed(password)
    forget_links(session, user)
    trusted.distrust_all(session, user.id)
    end_sessions_of(session, user.id, but=actor.session_id)


def forget_links(session: Session, user: User) -> None:
    """Links sent by mail before now stop working, and what was begun is not finished."""
    session.execute(delete(PasswordReset).where(PasswordReset.user_id == user.id))
    session.execute(delete(EmailChange).where(EmailChange.user_id == user.id))
    ceremonies.forget(session, user.id)


def still_there(session: Session, keys: Iterable[str]) -> list[str]:
    """Which of these keys name roles for the staff."""
    staff_roles = select(Role.key).where(Role.key.in_(tuple(keys)), Role.face == Face.STAFF.value)
    return list(session.scalars(staff_roles))


def staff_roles(session: Session, keys: Iterable[str]) -> list[Role]:
    """The roles for the staff that these keys name."""
    return list(_staff_roles(session, set(keys)).values())


def by_email(session: Session, email: str) -> User | None:
    """The person with a normalised address."""
    return session.scalars(select(User).where(User.email == email)).one_or_none()


def _address(session: Session, email: str) -> str:
    try:
        address = normalised(email)
    except ValueError as error:
        raise Invalid({"email": [_(str(error))]}) from None
    if by_email(session, address) is not None:
        raise _taken()
    return address


def _add(session: Session, user: User) -> None:
    """Add a person; two at once with one address end in one person and a sentence."""
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError:
        raise _taken() from None


def _taken() -> Invalid:
    return Invalid({"email": [_("Somebody already has this address.")]})


def _staff_roles(session: Session, keys: set[str]) -> dict[str, Role]:
    query = select(Role).where(Role.key.in_(keys), Role.face == Face.STAFF.value)
    return {role.key: role for role in session.scalars(query)}


def _keep_an_administrator(session: Session, user: User, field: str) -> None:
    """Raise Invalid when `user` is the last enabled administrator; two may not leave at once."""
    role_id = session.scalar(select(Role.id).where(Role.key == ADMINISTRATOR).with_for_update())
    another = exists().where(
        UserRole.role_id == role_id,
        UserRole.user_id == User.id,
        User.id != user.id,
        User.disabled_at.is_(None),
    )
    if not session.scalar(select(another)):
        raise Invalid({field: [_("The last administrator must stay one.")]})
