"""Looking as somebody else: an administrator sees what a colleague or a role sees, and only sees.

It belongs to the one session, ends after an hour, and shows nothing its own person may not see.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from concord.actors import Actor, Face, Scope
from concord.audit.writing import note
from concord.clock import now
from concord.errors import Forbidden, NotFound
from concord.identity.actors import WIDTH, actors_of
from concord.identity.models import Role, SignedSession, User
from concord.identity.permissions import Identity
from concord.installation import current_installation

LONGEST = timedelta(hours=1)
KEY = "looking"


def start_as_person(session: Session, actor: Actor, user: User) -> None:
    """From the next request on, see what a colleague sees; never what people outside see."""
    if not user.is_staff or user.disabled_at is not None or user.id == actor.user_id:
        raise NotFound
    _start(session, actor, "concord_users", user.id, {"user_id": user.id})


def start_as_role(session: Session, actor: Actor, role: Role) -> None:
    """See what one would who had only this role, with one's own records and team."""
    if role.face != Face.STAFF.value:
        raise NotFound
    _start(session, actor, "concord_roles", role.id, {"role_id": role.id})


def end(session: Session, actor: Actor) -> None:
    """Be oneself again."""
    if actor.looking is None:
        return
    session.execute(_set({}, actor))
    note(session, actor, "view_as_ended", table="concord_users", row_id=actor.user_id)


def may_look(actor: Actor) -> bool:
    return actor.may(Identity.USER_MANAGE) and actor.may(Identity.ROLE_MANAGE)


def through(session: Session, real: Actor, data: Mapping[str, Any]) -> Actor:
    """Who acts in a session with these notes: its own person, or somebody they look as."""
    wanted = data.get(KEY)
    if not wanted or not may_look(real):
        return real
    if now() - datetime.fromisoformat(wanted["since"]) > LONGEST:
        return real
    if "role_id" in wanted:
        return _as_role(session, real, wanted["role_id"])
    return _as_person(session, real, wanted["user_id"])


def _start(session: Session, actor: Actor, table: str, row_id: int, whom: dict[str, int]) -> None:
    if actor.looking is not None or not may_look(actor):
        raise Forbidden
    session.execute(_set({KEY: {**whom, "since": now().isoformat()}}, actor))
    note(session, actor, "view_as_started", table=table, row_id=row_id)


def _set(data: dict[str, Any], actor: Actor) -> Any:
    mine = SignedSession.id == actor.session_id
    return update(SignedSession).where(mine).values(data=data)


def _as_person(session: Session, real: Actor, user_id: int) -> Actor:
    found = actors_of(session, [user_id]).get(user_id, [])
    seen = next((actor for actor in found if actor.face is Face.STAFF), None)
    if seen is None:
        return real
    grants = {
        permission: scope
        for permission, scope in seen.grants.items()
        if real.scope(permission) is Scope.ALL
        or permission in _without_reach() & real.grants.keys()
    }
    return _only_looking(real, seen, grants)


def _as_role(session: Session, real: Actor, role_id: int) -> Actor:
    role = session.execute(
        select(Role.name, Role.grants, Role.field_groups).where(Role.id == role_id)
    ).one_or_none()
    if role is None:
        return real
    grants = {
        permission: min(Scope(scope), real.grants[permission], key=WIDTH.__getitem__)
        for permission, scope in role.grants.items()
        if permission in real.grants
    }
    seen = replace(real, field_groups=frozenset(role.field_groups))
    return _only_looking(real, seen, grants)


def _only_looking(real: Actor, seen: Actor, grants: Mapping[str, Scope]) -> Actor:
    """Another's eyes with one's own language and session, and no more than both may see."""
    return replace(
        seen,
        grants=grants,
        field_groups=seen.field_groups & real.field_groups,
        language=real.language,
        timezone=real.timezone,
        theme=real.theme,
        session_id=real.session_id,
        looking=real,
    )


def _without_reach() -> set[str]:
    """Permissions that every first role has for what is its own: there is no reach to exceed."""
    scopes: dict[str, set[Scope]] = {}
    for module in current_installation().modules:
        for grants in module.roles.values():
            for permission, scope in grants.items():
                scopes.setdefault(str(permission), set()).add(scope)
    return {permission for permission, found in scopes.items() if found == {Scope.OWN}}
