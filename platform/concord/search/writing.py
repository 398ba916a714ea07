"""Writing documents: only what differs, whoever else writes at the same moment."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from concord.database.upsert import upsert
from concord.installation import current_installation
from concord.records.models import Record
from concord.search.models import SearchDocument, SearchEntry, SearchTypo
from concord.search.names import misspelt
from concord.search.preparing import rows_of, typed_in
from concord.search.types import BY_TITLE

COLUMNS = tuple(column for column in SearchDocument.__table__.columns if column.name != "id")
Key = tuple[int, str]


def write_documents(session: Session, records: Iterable[Record]) -> None:
    """Bring the documents of these records up to date; kinds of absent modules are left alone."""
    by_id = {record.id: record for record in records}
    known = [by_id[record_id] for record_id in sorted(by_id) if _type_of(by_id[record_id])]
    if not known:
        return
    wanted = {(row["record_id"], row["face"]): row for record in known for row in _rows(record)}
    stored = _stored(session, [record.id for record in known])
    changed = [row for key, row in wanted.items() if stored.get(key) != row]
    gone = [key for key in stored if key not in wanted]
    upsert(session, SearchDocument, changed, ("record_id", "face"))
    for record_id, face in gone:
        document = SearchDocument.__table__.c
        session.execute(
            delete(SearchDocument).where(document.record_id == record_id, document.face == face)
        )
    named = {record_id for record_id, _face in (key for key in wanted if wanted[key] in changed)}
    _learn(session, [record for record in known if record.id in named])


def write_entries(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    upsert(session, SearchEntry, rows, ("entry_id",))


def forget_entries(session: Session, entry_ids: Iterable[int]) -> None:
    session.execute(delete(SearchEntry).where(SearchEntry.entry_id.in_(set(entry_ids))))


def _type_of(record: Record) -> Any:
    return current_installation().records.get(record.kind)


def _rows(record: Record) -> list[dict[str, Any]]:
    return rows_of(_type_of(record), record)


def _stored(session: Session, record_ids: Sequence[int]) -> dict[Key, dict[str, Any]]:
    query = select(*COLUMNS).where(SearchDocument.record_id.in_(record_ids))
    rows = (dict(row._mapping) for row in session.execute(query))
    return {(row["record_id"], row["face"]): row for row in rows}


def _learn(session: Session, records: Sequence[Record]) -> None:
    """Remember the words of new names, so that they are found with a letter wrong."""
    found = {
        word
        for record in records
        for document in (_type_of(record).search or BY_TITLE).documents(record).values()
        for word in typed_in(document)
    }
    if not found:
        return
    known = select(SearchTypo.word).where(
        SearchTypo.variant == SearchTypo.word, SearchTypo.word.in_(found)
    )
    new = sorted(found - set(session.scalars(known)))
    rows = [{"variant": part, "word": word} for word in new for part in sorted(misspelt(word))]
    upsert(session, SearchTypo, rows)
