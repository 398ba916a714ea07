"""One answer to "who may", given twice: for a record in hand and for a query."""

from collections.abc import Mapping
from typing import Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true
from sqlalchemy.orm import Session, object_session

from concord.actors import Actor, Scope
from concord.records.models import Record, RecordMember

R = TypeVar("R", bound=Record)


class Policy(Protocol[R]):
    """Who sees a noun's records and who may do what with them.

    `read` is the permission to know a record at all.
    """

    read: str

    def allows(self, actor: Actor, permission: str, record: R) -> bool:
        """Whether `actor` may use `permission` on this record."""
        ...

    def visible(self, actor: Actor, *, archived: bool = False) -> Select[tuple[R]]:
        """The records `actor` may know of; archived ones come through their own door."""
        ...

    def writable(self, actor: Actor, permission: str) -> ColumnElement[bool]:
        """SQL: the records of `visible()` on which `actor` may use a writing permission."""
        ...


def within_scope(actor: Actor, permission: str) -> ColumnElement[bool]:
    """SQL of the scope in which staff hold `permission`: all, the team's, or the own records.

    A member sees a record whatever the scope; writing as a member wants `can_write`.
    """
    scope = actor.scope(permission)
    if scope is None:
        return false()
    if scope is Scope.ALL:
        return true()
    reach: list[ColumnElement[bool]] = [Record.owner_id == actor.user_id, member_of(actor)]
    if scope is Scope.TEAM and actor.team_ids:
        reach.append(Record.team_id.in_(actor.team_ids))
    return or_(*reach)


def member_of(actor: Actor, *, writing: bool = False) -> ColumnElement[bool]:
    """SQL: the actor, or a team of the actor's, is a member of the record."""
    mine: ColumnElement[bool] = RecordMember.user_id == actor.user_id
    if actor.team_ids:
        mine = or_(mine, RecordMember.team_id.in_(actor.team_ids))
    found = select(RecordMember.id).where(RecordMember.record_id == Record.id, mine)
    return exists(found.where(RecordMember.can_write) if writing else found)


class ScopedPolicy(Generic[R]):
    """Staff by permission and scope; outside people not at all unless `outside()` opens it.

    `read` is the permission to know a record. A noun narrows or widens by overriding
    `condition()` (SQL) together with `holds()` (the same in Python).
    """

    def __init__(self, model: type[R], *, kind: str, read: str) -> None:
        self.model = model
        self.kind = kind
        self.read = read

    def visible(self, actor: Actor, *, archived: bool = False) -> Select[tuple[R]]:
        door = Record.archived_at.is_not(None) if archived else Record.archived_at.is_(None)
        query: Select[tuple[R]] = select(self.model)
        return query.where(Record.kind == self.kind, door, self.condition(actor))

    def condition(self, actor: Actor) -> ColumnElement[bool]:
        """SQL: which records the actor may know of, archived or not."""
        if actor.outside:
            return self.outside(actor) if actor.may(self.read) else false()
        return within_scope(actor, self.read)

    def outside(self, actor: Actor) -> ColumnElement[bool]:
        """SQL: which records people outside may know of; nothing unless a noun says so."""
        return false()

    def writable(self, actor: Actor, permission: str) -> ColumnElement[bool]:
        """SQL: the records of `visible()` on which the actor may use a writing `permission`."""
        if actor.outside or not actor.may(permission):
            return false()
        if actor.scope(permission) is Scope.ALL:
            return true()
        return or_(self._owned(actor, permission), member_of(actor, writing=True))

    def allows(self, actor: Actor, permission: str, record: R) -> bool:
        if not actor.may(permission):
            return False
        return self.holds(actor, permission, record)

    def holds(self, actor: Actor, permission: str, record: R) -> bool:
        """The record lies within the reach of the actor's permission."""
        session = _session_of(record)
        if actor.outside:
            return permission == self.read and self._selected(session, record, self.outside(actor))
        reach = within_scope(actor, permission)
        if permission != self.read and actor.scope(permission) is not Scope.ALL:
            reach = and_(reach, or_(self._owned(actor, permission), member_of(actor, writing=True)))
        return self._selected(session, record, reach)

    def _owned(self, actor: Actor, permission: str) -> ColumnElement[bool]:
        owned: ColumnElement[bool] = Record.owner_id == actor.user_id
        if actor.scope(permission) is Scope.TEAM and actor.team_ids:
            owned = or_(owned, Record.team_id.in_(actor.team_ids))
        return owned

    def _selected(self, session: Session, record: R, reach: ColumnElement[bool]) -> bool:
        if reach is true() or str(reach) == "true":
            return True
        return session.scalar(select(Record.id).where(Record.id == record.id, reach)) is not None


def field_groups_hidden(actor: Actor, groups: Mapping[str, str]) -> frozenset[str]:
    """The fields of `groups` (field → field group) that `actor` may neither read nor write."""
    if actor.face.value == "system":
        return frozenset()
    return frozenset(name for name, group in groups.items() if group not in actor.field_groups)


def _session_of(record: Record) -> Session:
    session = object_session(record)
    if session is None:
        raise LookupError("a record outside a session has no policy")
    return session
