"""Who sees a run: whoever began it, whom it concerns, and administrators."""

from sqlalchemy import ColumnElement, or_, select

from concord.actors import Actor, Scope
from concord.bulk.models import BulkRun
from concord.bulk.permissions import Bulk
from concord.policy import ScopedPolicy
from concord.records.models import Record


class RunPolicy(ScopedPolicy[BulkRun]):
    def condition(self, actor: Actor) -> ColumnElement[bool]:
        """On the spine alone, so that it also holds in statements over records of any kind."""
        reach = super().condition(actor)
        if actor.outside or not actor.may(self.read) or actor.scope(self.read) is Scope.ALL:
            return reach
        runs = BulkRun.__table__.alias("told")
        told = select(runs.c.id).where(runs.c.told_id == actor.user_id)
        return or_(reach, Record.id.in_(told))

    def holds(self, actor: Actor, permission: str, record: BulkRun) -> bool:
        if permission == self.read and record.told_id == actor.user_id:
            return not actor.outside
        return super().holds(actor, permission, record)


RUNS = RunPolicy(BulkRun, kind="bulk_run", read=Bulk.RUN_READ)
