"""Who saved a record last, for whoever finds that their own edit came too late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.facts.types import AnyFactType
from concord.records.models import Record
from concord.timeline.models import Entry


@dataclass(frozen=True, slots=True)
class Saver:
    """The person, and when."""

    id: int
    name: str
    at: datetime


def last_saver(session: Session, record: Record, facts: Iterable[AnyFactType]) -> Saver | None:
    """Who last did one of `facts` to the record; None where only the system did, or nobody."""
    query = (
        select(Entry.actor_id, Entry.actor_name, Entry.at)
        .where(Entry.record_id == record.id, Entry.fact_type.in_([fact.name for fact in facts]))
        .order_by(Entry.id.desc())
        .limit(1)
    )
    row = session.execute(query).one_or_none()
    if row is None or row.actor_id is None:
        return None
    return Saver(row.actor_id, row.actor_name, row.at)
