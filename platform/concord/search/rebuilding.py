"""Making every document anew: for a database from before there was search, or new ways to read."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from concord.database.engine import Database
from concord.installation import current_installation
from concord.jobs.job import Job, enqueue
from concord.records.models import Record
from concord.search.keeping import keep_entries
from concord.search.models import SearchDocument
from concord.search.writing import write_documents
from concord.timeline.models import Entry

BATCH = 250


def rebuild(database: Database) -> Iterator[int]:
    """Everything, in transactions of a few hundred rows; gives how many rows each of them read."""
    for step in (rebuild_records, rebuild_entries):
        after: int | None = 0
        while after is not None:
            with database.writing() as session:
                read, after = step(session, after)
                session.commit()
            yield read


def rebuild_records(session: Session, after: int) -> tuple[int, int | None]:
    """The next records: how many, and the id to go on after, None at the end."""
    kinds = current_installation().records.kinds()
    query = select(Record.id, Record.kind).where(Record.id > after, Record.kind.in_(kinds))
    found = session.execute(query.order_by(Record.id).limit(BATCH)).all()
    for kind in {row.kind for row in found}:
        model = current_installation().records[kind].model
        ids = [row.id for row in found if row.kind == kind]
        # Held, so that whoever changes one meanwhile writes its document after us.
        held = select(model).where(model.id.in_(ids)).order_by(model.id).with_for_update(of=model)
        write_documents(session, session.scalars(held))
    return len(found), found[-1].id if len(found) == BATCH else None


def rebuild_entries(session: Session, after: int) -> tuple[int, int | None]:
    query = select(Entry).where(Entry.id > after, Entry.body.is_not(None))
    found = session.scalars(query.order_by(Entry.id).limit(BATCH)).all()
    keep_entries(session, found)
    return len(found), found[-1].id if len(found) == BATCH else None


def fill_records(session: Session, after: int) -> None:
    """One step of the work on a running house; the last one goes on with the entries."""
    _read, following = rebuild_records(session, after)
    if following is None:
        enqueue(session, FILL_ENTRIES, 0)
    else:
        enqueue(session, FILL_RECORDS, following)


def fill_entries(session: Session, after: int) -> None:
    _read, following = rebuild_entries(session, after)
    if following is not None:
        enqueue(session, FILL_ENTRIES, following)


def fill_when_empty(session: Session) -> None:
    """A database that has records and no documents yet has them made by the worker."""
    if session.scalar(select(func.min(SearchDocument.id))) is not None:
        return
    if session.scalar(select(func.min(Record.id))) is not None:
        enqueue(session, FILL_RECORDS, 0)


FILL_RECORDS = Job(
    name="search.fill_records", run=fill_records, label=_l("Fill the search: records")
)
FILL_ENTRIES = Job(
    name="search.fill_entries", run=fill_entries, label=_l("Fill the search: timelines")
)
JOBS = (FILL_RECORDS, FILL_ENTRIES)
