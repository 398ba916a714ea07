"""Runs and what became of their records, as their reader may know them."""

from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.bulk.models import BulkItem, BulkRun
from concord.bulk.policy import RUNS
from concord.database.paging import Page, page, page_of_rows
from concord.identity.models import User
from concord.installation import current_installation
from concord.records.access import visible_ids
from concord.records.models import Record


def runs(session: Session, actor: Actor, cursor: str | None = None) -> Page[BulkRun]:
    """The newest first."""
    return page(session, RUNS.visible(actor), order=[Record.id.desc()], limit=30, cursor=cursor)


def starters(session: Session, found: list[BulkRun]) -> dict[int, str]:
    wanted = {run.owner_id for run in found}
    return dict(session.execute(select(User.id, User.name).where(User.id.in_(wanted))).all())


def items(
    session: Session,
    run: BulkRun,
    *,
    state: str | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[Row[Any]]:
    columns = (
        BulkItem.record_id, BulkItem.state, BulkItem.reason, BulkItem.fields, BulkItem.along,
    )  # fmt: skip
    query: Select[Any] = select(*columns).where(BulkItem.run_id == run.id)
    if state is not None:
        query = query.where(BulkItem.state == state)
    return page_of_rows(session, query, order=[BulkItem.record_id], limit=limit, cursor=cursor)


def problems(
    session: Session, actor: Actor, run: BulkRun, cursor: str | None = None
) -> tuple[list[dict[str, Any]], str | None]:
    """The records that were not, or not wholly, changed: with their names where the reader may
    open them."""
    query: Select[Any] = (
        select(BulkItem.record_id, BulkItem.reason, BulkItem.fields, Record.title, Record.kind)
        .join(Record, Record.id == BulkItem.record_id)
        .where(BulkItem.run_id == run.id, BulkItem.reason.is_not(None))
    )
    found = page_of_rows(session, query, order=[BulkItem.record_id], limit=50, cursor=cursor)
    opened = visible_ids(session, actor, {row.record_id: row.kind for row in found.items})
    types = current_installation().records
    shown = []
    for row in found.items:
        known = row.record_id in opened
        record_type = types.get(row.kind)
        url = record_type.url(row.record_id) if known and record_type else None
        title = row.title if known else None
        shown.append({"title": title, "url": url, "reason": row.reason, "fields": row.fields})
    return shown, found.next
