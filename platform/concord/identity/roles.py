"""The standard roles as data, and what they hold when a module first arrives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Face, Scope
from concord.identity.access import raise_epoch
from concord.identity.models import Role
from concord.identity.permissions import Identity
from concord.module import Grants, Module
from concord.timeline.permissions import Timeline
from concord.web.marks import N_

ADMINISTRATOR = "administrator"
READ_ONLY = "read_only"
FIELD_GROUP = "fields:"


@dataclass(frozen=True, slots=True)
class StandardRole:
    key: str
    name: str
    face: Face = Face.STAFF


STANDARD = (
    StandardRole(ADMINISTRATOR, N_("Administrator")),
    StandardRole("manager", N_("Manager")),
    StandardRole("sales", N_("Sales")),
    StandardRole("service", N_("Service")),
    StandardRole("production", N_("Production")),
    StandardRole("purchasing", N_("Purchasing")),
    StandardRole("finance", N_("Finance")),
    StandardRole(READ_ONLY, N_("Read only")),
    StandardRole("customer", N_("Customer"), Face.CUSTOMER),
    StandardRole("customer_administrator", N_("Customer administrator"), Face.CUSTOMER),
    StandardRole("supplier", N_("Supplier"), Face.SUPPLIER),
)

READING: Mapping[str, Scope] = {Identity.USER_READ: Scope.ALL, Identity.TOKEN_MANAGE: Scope.OWN}
WORKING: Mapping[str, Scope] = {**READING, Timeline.POST: Scope.ALL}
INVITING: Mapping[str, Scope] = {**WORKING, Identity.PORTAL_INVITE: Scope.TEAM}
LEADING: Mapping[str, Scope] = {**WORKING, Identity.PORTAL_INVITE: Scope.ALL}
OUTSIDE: Mapping[str, Scope] = {Identity.USER_READ: Scope.OWN, Timeline.POST: Scope.OWN}

GRANTS: Grants = {
    ADMINISTRATOR: {
        **LEADING,
        Identity.USER_MANAGE: Scope.ALL,
        Identity.ROLE_MANAGE: Scope.ALL,
        Identity.PROVIDER_MANAGE: Scope.ALL,
        Timeline.MODERATE: Scope.ALL,
    },
    "manager": LEADING,
    "sales": INVITING,
    "service": INVITING,
    "production": WORKING,
    "purchasing": INVITING,
    "finance": WORKING,
    READ_ONLY: READING,
    "customer": OUTSIDE,
    "customer_administrator": {**OUTSIDE, Identity.COLLEAGUE_INVITE: Scope.OWN},
    "supplier": OUTSIDE,
}


def ensure_roles(session: Session, modules: Iterable[Module]) -> None:
    """Create the standard roles that are missing and offer each what it has not known before.

    What an administrator took away stays away, what they gave stays as they gave it. Called by
    every migration, so a new module's defaults arrive with it.
    """
    present = {role.key: role for role in session.scalars(select(Role))}
    offered = [_offer(present.get(standard.key) or _add(session, standard), tuple(modules))
               for standard in STANDARD]  # fmt: skip
    if any(offered):
        raise_epoch(session)


def _add(session: Session, standard: StandardRole) -> Role:
    role = Role(
        key=standard.key,
        name=standard.name,
        face=standard.face.value,
        grants={},
        field_groups=[],
        known=[],
    )
    session.add(role)
    return role


def _offer(role: Role, modules: tuple[Module, ...]) -> bool:
    """Give `role` the defaults that are new to it; whether there were any."""
    known = set(role.known)
    wanted: dict[str, Scope] = {}
    groups: set[str] = set()
    for module in modules:
        wanted |= {str(name): scope for name, scope in module.roles.get(role.key, {}).items()}
        groups |= set(module.field_groups.get(role.key, ()))
    fresh = {name: scope.value for name, scope in wanted.items() if name not in known}
    fresh_groups = {group for group in groups if FIELD_GROUP + group not in known}
    if not fresh and not fresh_groups:
        return False
    role.grants = {**fresh, **role.grants}
    role.field_groups = sorted({*role.field_groups, *fresh_groups})
    role.known = sorted({*known, *fresh, *(FIELD_GROUP + group for group in fresh_groups)})
    return True
