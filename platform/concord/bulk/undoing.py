"""Taking a run back, record by record, from the images of before."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.bulk.images import Image, put_back
from concord.errors import Forbidden
from concord.identity.access import raise_epoch
from concord.installation import current_installation
from concord.records.models import Record
from concord.tags import bulk as tags

UNDO = "undo"
MOVES = frozenset({"owner_id", "team_id", "archived_at"})


def load(session: Session, record_ids: Sequence[int]) -> list[Record]:
    """These records of whatever kind, archived ones too, held until the end of the transaction."""
    kinds = select(Record.kind, Record.id).where(Record.id.in_(record_ids))
    rows = sorted(session.execute(kinds).all())
    found: list[Record] = []
    for kind, group in groupby(rows, key=lambda row: row[0]):
        record_type = current_installation().records.get(kind)
        if record_type is not None:
            model: Any = record_type.model
            ids = [row[1] for row in group]
            query = select(model).where(Record.id.in_(ids)).order_by(Record.id)
            query = query.with_for_update(of=model).execution_options(populate_existing=True)
            found += session.scalars(query)
    return found


def take_back(
    session: Session,
    actor: Actor,
    permission: str,
    records: Sequence[Record],
    images: Mapping[int, Image],
) -> tuple[dict[int, Image], dict[int, list[str]]]:
    """Put everything back where nobody has been since; gives what that changed beside columns,
    and by record the columns that were left.

    Whoever may write a record before or after may take it back: handing it over gave that away.
    Forbidden where one of them is neither.
    """
    before = _writable(session, actor, permission, records)
    left = {record.id: put_back(record, images[record.id]) for record in records}
    if any(MOVES & images[record.id].keys() for record in records):
        raise_epoch(session)
    session.flush()
    after = _writable(session, actor, permission, records)
    if {record.id for record in records} - before - after:
        raise Forbidden
    return tags.put_back(session, actor, records, images), {k: v for k, v in left.items() if v}


def _writable(
    session: Session, actor: Actor, permission: str, records: Sequence[Record]
) -> set[int]:
    """Which of them the actor may change, archived or not."""
    found: set[int] = set()
    for kind, group in groupby(sorted(records, key=lambda r: r.kind), key=lambda r: r.kind):
        policy: Any = current_installation().records[kind].policy
        ids = [record.id for record in group]
        reach = policy.condition(actor) & policy.writable(actor, permission)
        found |= set(session.scalars(select(Record.id).where(Record.id.in_(ids), reach)))
    return found
