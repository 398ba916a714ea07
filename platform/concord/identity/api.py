"""Users, teams and roles for programs, and who the calling program itself is."""

from typing import Any

from flask import Response
from sqlalchemy import case, select
from sqlalchemy.orm import Session, selectinload

from concord.actors import Actor, Face
from concord.api.answers import answer
from concord.api.collection import AnyCollection, Collection, Filter
from concord.identity import users
from concord.identity.models import PortalMembership, Role, Team, User
from concord.identity.permissions import Identity
from concord.identity.policy import PEOPLE, StaffOnlyPolicy
from concord.identity.schemas import (
    CustomerColleagueOut,
    PersonIn,
    PersonOut,
    RoleOut,
    SupplierColleagueOut,
    TeamOut,
)
from concord.records.sorting import normalised
from concord.web.request import actor, session
from concord.web.routing import EVERYBODY, SIGNED_IN, Routes

routes = Routes("identity_api", __name__, url_prefix="/api/v1")


def change(session: Session, actor: Actor, user: User, values: dict[str, Any]) -> None:
    """The action on a person, with what the answer shows of them loaded anew."""
    users.change(session, actor, user, values)
    session.flush()
    session.refresh(user, ["held_roles", "memberships"])


PEOPLE_OUT = {Face.CUSTOMER: CustomerColleagueOut, Face.SUPPLIER: SupplierColleagueOut}
FIRST_MEMBERSHIP = (
    select(PortalMembership.face)
    .where(PortalMembership.user_id == User.id)
    .order_by(PortalMembership.id)
    .limit(1)
    .scalar_subquery()
)

USERS: Collection[User] = Collection(
    name="users",
    kind="user",
    model=User,
    policy=PEOPLE,
    permission_read=Identity.USER_READ,
    permission_write=Identity.USER_MANAGE,
    faces=EVERYBODY,
    out_schema=lambda actor: PEOPLE_OUT.get(actor.face, PersonOut),
    in_schema=PersonIn,
    update=change,
    filters={
        "name": Filter(User.name, User.sort_key, normalised),
        "email": User.email,
        "language": User.language,
        "kind": case((User.is_staff, Face.STAFF.value), else_=FIRST_MEMBERSHIP),
        "team_id": User.team_id,
    },
    sorts={"name": User.sort_key, "id": User.id},
    options=(selectinload(User.held_roles), selectinload(User.memberships)),
)
TEAMS: Collection[Team] = Collection(
    name="teams",
    kind="team",
    model=Team,
    policy=StaffOnlyPolicy(Team),
    permission_read=Identity.USER_READ,
    permission_write=Identity.USER_MANAGE,
    out_schema=TeamOut,
    sorts={"name": Team.name},
)
ROLES: Collection[Role] = Collection(
    name="roles",
    kind="role",
    model=Role,
    policy=StaffOnlyPolicy(Role),
    permission_read=Identity.USER_READ,
    permission_write=Identity.ROLE_MANAGE,
    out_schema=RoleOut,
    sorts={"id": Role.id},
)
COLLECTIONS: tuple[AnyCollection, ...] = (USERS, TEAMS, ROLES)


@routes.get("/users/me", permission=SIGNED_IN, faces=EVERYBODY)
def me() -> Response:
    """Whom the token acts as: face, company and permissions are those of the acting one."""
    who = actor()
    user = session().get_one(User, who.user_id)
    return answer(
        {
            "id": user.id,
            "name": user.name,
            "email": user.email,
            "kind": who.face.value,
            "company_id": who.company_id,
            "team_id": user.team_id,
            "roles": users.roles_of(session(), user) if who.staff else [],
            "language": user.language,
            "timezone": user.timezone,
            "permissions": {name: scope.value for name, scope in sorted(who.grants.items())},
        }
    )
