"""Making tags, putting them on records, taking them off, giving them other names."""

import zlib
from collections.abc import Iterable, Sequence

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.audit.writing import note
from concord.clock import now
from concord.errors import Forbidden, Invalid
from concord.records.models import Record
from concord.tags.models import HUES, RecordTag, Tag
from concord.tags.naming import key_of, tidied
from concord.tags.permissions import Tags

MOST = 20
"""So many tags at once."""


def find_or_make(
    session: Session, actor: Actor, names: Iterable[str], *, make: bool = True
) -> list[Tag]:
    """The tags of these names, new ones made; Invalid for what is no name, Forbidden where one is
    new and the actor may not make any. Without `make` a name that is not there is Invalid."""
    wanted = {key_of(name): name for name in map(tidied, names)}
    if not wanted or len(wanted) > MOST:
        raise Invalid({"tags": [_("Name one to %(most)s tags.", most=MOST)]})
    known = {tag.key: tag for tag in session.scalars(select(Tag).where(Tag.key.in_(wanted)))}
    if missing := [name for key, name in wanted.items() if key not in known]:
        if not make:
            raise Invalid({"tags": [_("There is no tag “%(name)s”.", name=missing[0])]})
        if not actor.may(Tags.TAG_MAKE):
            raise Forbidden(_("You may use the tags there are, not make new ones."))
        known |= {tag.key: tag for tag in _make(session, actor, missing)}
    return [known[key] for key in wanted]


def put_on(session: Session, actor: Actor, record_ids: Sequence[int], tag: Tag) -> set[int]:
    """Put a tag on records; gives those that did not have it. One statement."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    rows = [{"record_id": id_, "tag_id": tag.id, "tagged_at": now()} for id_ in record_ids]
    if not rows:
        return set()
    statement = insert(RecordTag).values(rows).on_conflict_do_nothing()
    added = set(session.scalars(statement.returning(RecordTag.record_id)))
    _note(session, actor, added, [None, tag.name])
    return added


def take_off(session: Session, actor: Actor, record_ids: Sequence[int], tag: Tag) -> set[int]:
    """Take a tag off records; gives those that had it."""
    there = (RecordTag.tag_id == tag.id) & RecordTag.record_id.in_(record_ids)
    gone = delete(RecordTag).where(there).returning(RecordTag.record_id)
    removed = set(session.scalars(gone.execution_options(synchronize_session=False)))
    _note(session, actor, removed, [tag.name, None])
    return removed


def change(session: Session, actor: Actor, tag: Tag, *, name: str, hue: int) -> Tag:
    """Another name or colour. A name that another tag has makes both one: that tag is given."""
    text, key = tidied(name), key_of(name)
    if not 0 <= hue < HUES:
        raise Invalid({"hue": [_("There is no such colour.")]})
    other = session.scalar(select(Tag).where(Tag.key == key_of(text), Tag.id != tag.id))
    if other is not None:
        ids = list(session.scalars(select(RecordTag.record_id).where(RecordTag.tag_id == tag.id)))
        for start in range(0, len(ids), 500):
            put_on(session, actor, ids[start : start + 500], other)
        remove(session, actor, tag)
        return other
    tag.name, tag.key, tag.hue = text, key, hue
    return tag


def remove(session: Session, actor: Actor, tag: Tag) -> None:
    """Take a tag out of the house."""
    session.execute(delete(RecordTag).where(RecordTag.tag_id == tag.id))
    session.delete(tag)
    session.flush()


def _make(session: Session, actor: Actor, names: Sequence[str]) -> list[Tag]:
    """Two people may make one tag at once: the second finds the first one's."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    keys = [key_of(name) for name in names]
    rows = [
        {
            "name": name,
            "key": key,
            "hue": zlib.crc32(key.encode()) % HUES,
            "made_by_id": actor.user_id,
            "created_at": now(),
        }
        for name, key in zip(names, keys, strict=True)
    ]
    made = insert(Tag).values(rows).on_conflict_do_nothing(index_elements=[Tag.key])
    for tag_id, name in session.execute(made.returning(Tag.id, Tag.name)).all():
        note(session, actor, "create", table="concord_tags", row_id=tag_id, changes={"name": name})
    return list(session.scalars(select(Tag).where(Tag.key.in_(keys))))


def _note(
    session: Session, actor: Actor, record_ids: Iterable[int], change: list[str | None]
) -> None:
    for record_id in sorted(record_ids):
        table = Record.__tablename__
        note(session, actor, "tag", table=table, row_id=record_id, changes={"tags": change})
