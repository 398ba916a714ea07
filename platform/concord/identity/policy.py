"""Who may know of whom: colleagues of each other, outside people of those of their company."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true, union_all
from sqlalchemy.orm import object_session

from concord.actors import Actor
from concord.identity.models import PortalMembership, Role, Team, User
from concord.identity.permissions import Identity
from concord.installation import current_installation
from concord.parties.models import Party
from concord.records.models import Record


class PeoplePolicy:
    """Staff know their colleagues and the people of companies they see; who manages, everybody.

    People outside know those who act for the same company on the same face.
    """

    def visible(self, actor: Actor) -> Select[User]:
        return select(User).where(self._known(actor))

    def allows(self, actor: Actor, permission: str, user: User) -> bool:
        session = object_session(user)
        if session is None or not actor.may(permission):
            return False
        if permission == Identity.USER_MANAGE and actor.outside:
            return False
        known = select(User.id).where(User.id == user.id, self._known(actor))
        return session.scalar(known) is not None

    def _known(self, actor: Actor) -> ColumnElement[bool]:
        if not actor.may(Identity.USER_READ):
            return false()
        if actor.outside:
            return and_(_beside(actor), User.disabled_at.is_(None))
        if actor.may(Identity.USER_MANAGE):
            return true()
        return or_(User.is_staff, _for_companies_seen_by(actor))


class StaffOnlyPolicy:
    """Teams and roles: known to everybody inside, to nobody outside."""

    def __init__(self, model: type[Team] | type[Role]) -> None:
        self.model = model

    def visible(self, actor: Actor) -> Select[Any]:
        inside = true() if actor.staff and actor.may(Identity.USER_READ) else false()
        return select(self.model).where(inside)

    def allows(self, actor: Actor, permission: str, thing: object) -> bool:
        return actor.staff and actor.may(permission)


PEOPLE = PeoplePolicy()


def _beside(actor: Actor) -> ColumnElement[bool]:
    return exists().where(
        PortalMembership.user_id == User.id,
        PortalMembership.company_id == actor.company_id,
        PortalMembership.face == actor.face.value,
    )


def _for_companies_seen_by(actor: Actor) -> ColumnElement[bool]:
    seen = [
        record_type.policy.visible(actor).with_only_columns(Record.id, maintain_column_froms=True)
        for record_type in current_installation().records
        if issubclass(record_type.model, Party)
    ]
    if not seen:
        return false()
    return exists().where(
        PortalMembership.user_id == User.id, PortalMembership.company_id.in_(union_all(*seen))
    )
