"""The tags there are, and those on records."""

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.records.models import Record
from concord.tags.models import RecordTag, Tag

MOST = 500


def all_tags(session: Session) -> list[Tag]:
    """By name; the first five hundred."""
    return list(session.scalars(select(Tag).order_by(Tag.key).limit(MOST)))


def tags_of(session: Session, record_id: int) -> list[Tag]:
    return tags_of_many(session, [record_id]).get(record_id, [])


def tags_of_many(session: Session, record_ids: Collection[int]) -> dict[int, list[Tag]]:
    """By record, in the order of their names: one statement."""
    found: dict[int, list[Tag]] = {}
    if not record_ids:
        return found
    query = (
        select(RecordTag.record_id, Tag)
        .join(Tag, Tag.id == RecordTag.tag_id)
        .where(RecordTag.record_id.in_(record_ids))
        .order_by(Tag.key)
    )
    for record_id, tag in session.execute(query):
        found.setdefault(record_id, []).append(tag)
    return found


def suggestions(session: Session, text: str, without: Iterable[int] = ()) -> list[Tag]:
    """Tags whose name holds what is being typed."""
    from concord.tags.actions import key_of

    query = select(Tag).where(Tag.key.contains(key_of(text), autoescape=True))
    query = query.where(Tag.id.not_in(list(without)))
    return list(session.scalars(query.order_by(Tag.key).limit(8)))


def tagged(tag_ids: Iterable[int]) -> object:
    """SQL: the record of the row has any of these tags; of none, any tag at all."""
    there = select(RecordTag.tag_id).where(RecordTag.record_id == Record.id)
    wanted = list(tag_ids)
    return (there.where(RecordTag.tag_id.in_(wanted)) if wanted else there).exists()
