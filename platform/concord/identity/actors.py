"""From rows to actors: one statement, however many people and roles."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, and_, case, or_, select
from sqlalchemy.orm import Session

from concord.actors import Actor, Face, Scope
from concord.identity.models import PortalMembership, Role, User, UserRole
from concord.prepared import execute, numbers
from concord.records.models import Record

WIDTH = {Scope.OWN: 0, Scope.TEAM: 1, Scope.ALL: 2}

ROLE_OF_MEMBERSHIP = case(
    (
        and_(PortalMembership.is_administrator, PortalMembership.face == Face.CUSTOMER.value),
        "customer_administrator",
    ),
    else_=PortalMembership.face,
)

ACTOR_COLUMNS = (
    User.id.label("user_id"),
    User.name.label("user_name"),
    User.is_staff,
    User.team_id,
    User.language,
    User.timezone,
    User.theme,
    PortalMembership.id.label("membership_id"),
    PortalMembership.company_id.label("member_company_id"),
    PortalMembership.face.label("member_face"),
    PortalMembership.is_administrator,
    Record.title.label("company_title"),
    Role.grants,
    Role.field_groups,
)


def joined_to_roles(query: Select[Any], membership: Any) -> Select[Any]:
    """Join memberships (on `membership`), their company and the roles to a query over users."""
    return (
        query.outerjoin(PortalMembership, membership)
        .outerjoin(Record, Record.id == PortalMembership.company_id)
        .outerjoin(
            UserRole,
            and_(UserRole.user_id == User.id, PortalMembership.id.is_(None), User.is_staff),
        )
        .outerjoin(Role, or_(Role.id == UserRole.role_id, Role.key == ROLE_OF_MEMBERSHIP))
    )


def actors_of(session: Session, user_ids: Iterable[int]) -> dict[int, list[Actor]]:
    """Every actor these people can be: one for staff, one for each portal membership."""
    wanted = set(user_ids)
    if not wanted:
        return {}
    rows = execute(session, _standing, None, user_ids=list(wanted))
    grouped: dict[tuple[int, int | None], list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.user_id, row.membership_id].append(row)
    actors: dict[int, list[Actor]] = defaultdict(list)
    for (user_id, _), group in grouped.items():
        if (actor := fold(group)) is not None:
            actors[user_id].append(actor)
    return actors


def _standing() -> Any:
    query = joined_to_roles(select(*ACTOR_COLUMNS), PortalMembership.user_id == User.id)
    return query.where(User.id.in_(numbers("user_ids")), User.disabled_at.is_(None))


def fold(
    rows: list[Any], *, session_id: int | None = None, token_id: int | None = None
) -> Actor | None:
    """One actor out of the rows of one person's roles; None when the person stands nowhere."""
    first = rows[0]
    if not first.is_staff and first.membership_id is None:
        return None
    grants: dict[str, Scope] = {}
    field_groups: set[str] = set()
    for row in rows:
        for permission, scope in (row.grants or {}).items():
            widest = max(Scope(scope), grants.get(permission, Scope.OWN), key=WIDTH.__getitem__)
            grants[permission] = widest
        field_groups.update(row.field_groups or ())
    outside = first.membership_id is not None
    return Actor(
        face=Face(first.member_face) if outside else Face.STAFF,
        user_id=first.user_id,
        name=first.user_name,
        grants=grants,
        team_ids=frozenset() if outside or first.team_id is None else frozenset({first.team_id}),
        company_id=first.member_company_id,
        company_name=first.company_title or "",
        is_administrator=bool(first.is_administrator),
        field_groups=frozenset(field_groups),
        language=first.language,
        timezone=first.timezone,
        theme=first.theme,
        session_id=session_id,
        token_id=token_id,
        membership_id=first.membership_id,
    )
