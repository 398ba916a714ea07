"""Taking a record out of the house for good: its place on the spine stays, what it said goes."""

from collections.abc import Iterable
from typing import Any

from flask_babel import ngettext
from sqlalchemy import Table, delete, func, inspect, select, update
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.api.idempotency import forget_answers
from concord.audit.erasing import forget_rows
from concord.audit.writing import note
from concord.bulk.models import BulkItem
from concord.clock import now
from concord.database.base import Model
from concord.errors import Conflict
from concord.files.models import File
from concord.identity.access import raise_epoch
from concord.identity.models import PortalMembership
from concord.installation import current_installation
from concord.notifications.actions import recount
from concord.notifications.models import Notification
from concord.records.models import Record
from concord.search.models import SearchEntry
from concord.timeline.models import Entry
from concord.webhooks.models import Delivery

SPINE: Any = Record.__table__
# What stands in these is emptied, not removed; all other rows of a record_id go.
EMPTIED = frozenset({"concord_timeline_entries", "concord_bulk_items", "concord_mails"})


def purge(session: Session, actor: Actor, record: Record) -> None:
    """Erase a record and what was said of it; Conflict where others still belong to it.

    Its id is never given again: what elsewhere names it leads to an empty place.
    """
    _check_alone(session, record)
    record_id, tables = record.id, _tables_of(record)
    _empty_entries(session, record_id)
    _remove_messages(session, record_id)
    told = select(Notification.user_id).where(Notification.record_id == record_id)
    people = set(session.scalars(told.where(Notification.read_at.is_(None))))
    _remove_links(session, record_id)
    recount(session, people)
    session.expunge(record)
    for table in tables:
        _remove_parts(session, table, record_id)
        session.execute(delete(table).where(table.c.id == record_id))
    session.execute(
        update(SPINE)
        .where(SPINE.c.id == record_id)
        .values(
            title="",
            sort_key="",
            owner_id=None,
            team_id=None,
            company_id=None,
            archived_at=now(),
            version=SPINE.c.version + 1,
        )
    )
    raise_epoch(session)
    for table in (SPINE, *tables):
        forget_rows(session, table.name, [record_id])
    note(session, actor, "purge", table=SPINE.name, row_id=record_id)


def _check_alone(session: Session, record: Record) -> None:
    """A company goes after what belongs to it, and after the people who sign in for it."""
    belonging = select(func.count()).where(SPINE.c.company_id == record.id, SPINE.c.id != record.id)
    members = select(func.count()).where(PortalMembership.company_id == record.id)
    count = (session.scalar(belonging) or 0) + (session.scalar(members) or 0)
    if count:
        sentence = ngettext(
            "Purge what belongs to it first: %(num)s record or sign-in.",
            "Purge what belongs to it first: %(num)s records or sign-ins.",
            count,
        )
        raise Conflict(detail=sentence)


def _tables_of(record: Record) -> list[Table]:
    """The noun's own tables, the outermost first, without the spine."""
    mapper = inspect(type(record))
    tables: Iterable[Any] = reversed(list(mapper.tables))
    return [table for table in tables if table is not SPINE]


def _empty_entries(session: Session, record_id: int) -> None:
    """What was said of it, and its name in every fact about it. Its files are left to the sweep
    of those that hang on nothing."""
    facts = current_installation().facts
    entries = select(Entry).where(Entry.record_id == record_id)
    for entry in session.scalars(entries.execution_options(yield_per=200)):
        fact_type = facts.get(entry.fact_type)
        personal = fact_type.personal if fact_type is not None else frozenset(entry.payload)
        payload = {**entry.payload, **dict.fromkeys(personal & entry.payload.keys(), "")}
        session.execute(
            update(Entry.__table__)  # type: ignore[arg-type]
            .where(Entry.__table__.c.id == entry.id)
            .values(payload={**payload, "title": ""}, body=None)
        )
    mine = select(Entry.id).where(Entry.record_id == record_id)
    forget = delete(SearchEntry).where(SearchEntry.entry_id.in_(mine))
    session.execute(forget.execution_options(synchronize_session=False))
    forget_rows(session, Entry.__tablename__, session.scalars(mine).all())
    files = session.scalars(select(File.id).where(File.entry_id.in_(mine))).all()
    forget_rows(session, File.__tablename__, files)
    freed = update(File).where(File.entry_id.in_(mine)).values(entry_id=None, attached_at=None)
    session.execute(freed.execution_options(synchronize_session=False))
    empty: dict[str, Any] = {"image": None, "fields": []}
    items = update(BulkItem).where(BulkItem.record_id == record_id).values(empty)
    session.execute(items.execution_options(synchronize_session=False))


def _remove_messages(session: Session, record_id: int) -> None:
    """What webhooks were told of it, also under the name of another record, and kept answers."""
    mine = select(Entry.id).where(Entry.record_id == record_id)
    told = delete(Delivery).where(Delivery.entry_id.in_(mine))
    session.execute(told.execution_options(synchronize_session=False))
    forget_answers(session, record_id)


def _remove_links(session: Session, record_id: int) -> None:
    """Its places on timelines, tags, members, notifications; what is about it loses its mention."""
    for table in reversed(Model.metadata.sorted_tables):
        if table.name in EMPTIED:
            continue
        for column in _naming(table, SPINE):
            if column.name == "record_id":
                session.execute(delete(table).where(column == record_id))
            elif column.name == "about_id":
                session.execute(update(table).where(column == record_id).values({column: None}))


def _remove_parts(session: Session, table: Table, record_id: int) -> None:
    """Lines and the like: rows of tables that name one of the noun's own."""
    for other in reversed(Model.metadata.sorted_tables):
        if any(key.column.table is table for key in other.primary_key.columns[0].foreign_keys):
            continue
        for column in _naming(other, table):
            parts = session.scalars(select(other.c.id).where(column == record_id)).all()
            forget_rows(session, other.name, parts)
            session.execute(delete(other).where(column == record_id))


def _naming(table: Table, named: Table) -> list[Any]:
    return [
        column
        for column in table.columns
        if any(key.column.table is named for key in column.foreign_keys)
    ]
