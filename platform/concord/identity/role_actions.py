"""Making roles and changing what they may do; nobody gives what they do not hold."""

import secrets

from flask_babel import gettext as _
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from concord.actors import Actor, Face, Scope
from concord.clock import now
from concord.errors import Conflict, Forbidden, Invalid
from concord.identity.access import raise_epoch
from concord.identity.actors import WIDTH
from concord.identity.confirming import ensure_fresh
from concord.identity.matrix import Rights, is_fixed
from concord.identity.models import Invitation, Role, UserRole
from concord.identity.permissions import Identity
from concord.identity.roles import STANDARD

STANDARD_KEYS = frozenset(standard.key for standard in STANDARD)


# Who has one of these can give rights, or make people.
DANGEROUS = frozenset({Identity.USER_MANAGE, Identity.ROLE_MANAGE})


def is_own(role: Role) -> bool:
    """Whether the house made this role itself."""
    return role.key not in STANDARD_KEYS


def create(session: Session, actor: Actor, name: str, like: Role | None = None) -> Role:
    """A role of the house's own, empty or with the rights of another one of the staff."""
    _check_name(session, name)
    rights = Rights({}, frozenset()) if like is None else Rights.of(like)
    if like is not None and like.face != Face.STAFF.value:
        raise Invalid({"like": [_("Roles of people outside cannot be copied.")]})
    _refuse_more_than_own(actor, rights)
    role = Role(
        key=f"role_{secrets.token_hex(4)}",
        name=name,
        grants=dict(rights.grants),
        field_groups=sorted(rights.field_groups),
        known=[],
    )
    session.add(role)
    session.flush()
    return role


def rename(session: Session, actor: Actor, role: Role, name: str) -> None:
    _refuse_standard(role)
    if name != role.name:
        _check_name(session, name)
        role.name = name


def change(session: Session, actor: Actor, role: Role, wanted: Rights, seen: Rights) -> None:
    """Give a role the rights `wanted`; Conflict where it no longer has those that were `seen`.

    Raises ProofNeeded before somebody manages people or roles by it.
    """
    if is_fixed(role):
        raise Forbidden
    if Rights.of(role) != seen:
        raise Conflict
    added = _added(wanted, seen)
    _refuse_more_than_own(actor, added)
    if DANGEROUS & added.grants.keys():
        ensure_fresh(session, actor)
    role.grants = dict(wanted.grants)
    role.field_groups = sorted(wanted.field_groups)
    raise_epoch(session)


def remove(session: Session, actor: Actor, role: Role) -> None:
    """Remove a role of the house's own that nobody has and nobody is invited to."""
    _refuse_standard(role)
    if is_used(session, role):
        raise Invalid({"_": [_("Somebody still has this role, or is invited to it.")]})
    session.delete(role)


def is_used(session: Session, role: Role) -> bool:
    if session.scalar(select(exists().where(UserRole.role_id == role.id))):
        return True
    waiting = select(Invitation.role_keys).where(
        Invitation.is_staff, Invitation.accepted_at.is_(None), Invitation.expires_at > now()
    )
    return any(role.key in keys for keys in session.scalars(waiting))


def refuse_giving(actor: Actor, roles: list[Role]) -> None:
    """Raise Invalid where one of these roles may do more than the actor who gives it."""
    for role in roles:
        if exceeds(actor, Rights.of(role)):
            sentence = _("The role %(name)s may do more than you.", name=_(role.name))
            raise Invalid({"roles": [sentence]})


def exceeds(actor: Actor, rights: Rights) -> bool:
    """Whether these rights reach further than the actor's own."""
    if actor.face is Face.SYSTEM:
        return False
    wider = any(
        permission not in actor.grants or WIDTH[Scope(scope)] > WIDTH[actor.grants[permission]]
        for permission, scope in rights.grants.items()
    )
    return wider or not rights.field_groups <= actor.field_groups


def _added(wanted: Rights, held: Rights) -> Rights:
    """Only what is new or reaches further: taking away is no gift."""
    further = {
        permission: scope
        for permission, scope in wanted.grants.items()
        if permission not in held.grants
        or WIDTH[Scope(scope)] > WIDTH[Scope(held.grants[permission])]
    }
    return Rights(further, wanted.field_groups - held.field_groups)


def _refuse_more_than_own(actor: Actor, rights: Rights) -> None:
    if not actor.may(Identity.ROLE_MANAGE):
        raise Forbidden
    if exceeds(actor, rights):
        raise Invalid({"_": [_("You can only give what you may do yourself.")]})


def _refuse_standard(role: Role) -> None:
    if not is_own(role):
        raise Invalid({"_": [_("The first roles stay. Make a copy and change that.")]})


def _check_name(session: Session, name: str) -> None:
    taken = set(session.scalars(select(Role.name)))
    if name in taken or name in {_(standard) for standard in taken}:
        raise Invalid({"name": [_("There is already a role of this name.")]})
