"""What a person may do with one record: several permissions asked in one statement."""

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import Session

from concord.actors import Actor, Scope
from concord.policy import ScopedPolicy, member_of
from concord.records.models import Record

R = TypeVar("R", bound=Record)


class Reach(ScopedPolicy[R]):
    """A scoped policy that also says at once which of several permissions reach a record."""

    def permitted(
        self, session: Session, actor: Actor, record: R, permissions: Iterable[str]
    ) -> frozenset[str]:
        """The writing permissions among `permissions` that `actor` has on this record."""
        asked = self.permission_columns(actor, permissions)
        row = session.execute(select(*asked.values()).where(Record.id == record.id)).one()
        return frozenset(name for name, holds in zip(asked, row, strict=True) if holds)

    def permission_columns(
        self, actor: Actor, permissions: Iterable[str]
    ) -> dict[str, ColumnElement[bool]]:
        """SQL for each permission: whether it lets the actor change the record of the row."""
        return {name: self._reach_of(actor, name).label(name) for name in permissions}

    def writable(self, actor: Actor, permission: str) -> ColumnElement[bool]:
        return self._reach_of(actor, permission)

    def written_by(self, actor: Actor, permission: str) -> ColumnElement[bool]:
        """SQL: the records that a scope below "all" lets the actor change."""
        return or_(self._owned(actor, permission), member_of(actor, writing=True))

    def _reach_of(self, actor: Actor, permission: str) -> ColumnElement[bool]:
        if actor.outside or not actor.may(permission):
            return false()
        if actor.scope(permission) is Scope.ALL:
            return true()
        return self.written_by(actor, permission)
