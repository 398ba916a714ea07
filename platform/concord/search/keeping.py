"""Documents are kept current by the commit itself: nobody must remember it.

What a transaction touches is noticed at each flush and written just before the commit, ahead of
the positions, whose counters are locked for as short as can be.
"""

from collections.abc import Iterable

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session, SessionTransaction

from concord.actors import Audience
from concord.database.base import Model
from concord.database.engine import WritingSession
from concord.facts.record import PENDING, Pending
from concord.installation import current_installation
from concord.records.models import Record
from concord.search.preparing import entry_scope, entry_words
from concord.search.tokens import stored
from concord.search.writing import forget_entries, write_documents, write_entries
from concord.timeline.models import Entry, TimelineLink

TOUCHED = "concord.search"


@event.listens_for(WritingSession, "before_flush")
def _notice(session: Session, _context: object, _instances: object) -> None:
    touched: dict[int, object] = session.info.setdefault(TOUCHED, {})
    parts = _parts()
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, (Record, Entry)) or type(row) in parts:
            touched[id(row)] = row


@event.listens_for(WritingSession, "before_commit", insert=True)
def _keep(session: Session) -> None:
    session.flush()
    touched = list(session.info.pop(TOUCHED, {}).values())
    if not touched:
        return
    records, entries = _sorted(session, touched)
    write_documents(session, records)
    if entries:
        _keep_entries(session, entries)


@event.listens_for(WritingSession, "after_soft_rollback")
def _forget(session: Session, previous: SessionTransaction) -> None:
    if not previous.nested:
        session.info.pop(TOUCHED, None)


def keep_entries(session: Session, entries: Iterable[Entry]) -> None:
    """Write the words of entries that are stored with their links already."""
    _keep_entries(session, list(entries))


def _parts() -> dict[type[Model], str]:
    types = current_installation().records
    return {model: key for each in types if each.search for model, key in each.search.parts.items()}


def _sorted(session: Session, touched: list[object]) -> tuple[list[Record], list[Entry]]:
    """Records and entries to write. A savepoint may have been rolled back with some of them."""
    parts = _parts()
    records: dict[int, Record] = {}
    entries: list[Entry] = []
    for row in touched:
        if not inspect(row).persistent and type(row) not in parts:
            continue
        if isinstance(row, Entry):
            entries.append(row)
        elif isinstance(row, Record):
            records[row.id] = row
        elif whole := session.get(Record, getattr(row, parts[type(row)])):  # type: ignore[index]
            records[whole.id] = whole
    return list(records.values()), entries


def _keep_entries(session: Session, entries: list[Entry]) -> None:
    spoken = [entry for entry in entries if entry.body and entry.withdrawn_at is None]
    silent = [entry.id for entry in entries if entry not in spoken]
    scopes = _scopes(session, [entry.id for entry in spoken])
    write_entries(
        session,
        [
            {
                "entry_id": entry.id,
                "scope": scopes.get(entry.id, ""),
                "words": entry_words(entry.body or ""),
            }
            for entry in spoken
        ],
    )
    if silent:
        forget_entries(session, silent)


def _scopes(session: Session, entry_ids: list[int]) -> dict[int, str]:
    """By entry, with which companies it is shared: from its links, or those it is about to have."""
    found: dict[int, list[str]] = {}
    pendings: list[Pending] = session.info.get(PENDING, [])
    for pending in pendings:
        for link in pending.links:
            _share(found, pending.entry.id, link.audience, link.company_id)
    if stored_before := set(entry_ids) - found.keys():
        query = select(TimelineLink.entry_id, TimelineLink.audience, TimelineLink.company_id)
        query = query.where(TimelineLink.entry_id.in_(stored_before))
        for entry_id, audience, company_id in session.execute(query):
            _share(found, entry_id, Audience(audience), company_id)
    return {entry_id: stored(scopes) for entry_id, scopes in found.items()}


def _share(
    found: dict[int, list[str]], entry_id: int, audience: Audience, company_id: int | None
) -> None:
    scopes = found.setdefault(entry_id, [])
    if audience is not Audience.INTERNAL:
        scopes.append(entry_scope(audience, company_id))
