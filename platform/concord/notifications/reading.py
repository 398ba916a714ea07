"""Whether somebody may read an entry: asked before they are told, and again whenever it is sent."""

from collections.abc import Container

from sqlalchemy.orm import Session

from concord.actors import Actor, Audience
from concord.facts.record import Link
from concord.records.access import visible_ids
from concord.records.models import Record


def may_read(session: Session, reader: Actor, record: Record, link: Link) -> bool:
    """Whether `reader` sees an entry on `record` through this link."""
    seen = frozenset() if reader.outside else visible_ids(session, reader, {record.id: record.kind})
    return is_open(reader, link, seen)


def is_open(reader: Actor, link: Link, seen: Container[int]) -> bool:
    """The same, where it is known which of the records the reader may open."""
    if reader.outside:
        return link.audience is Audience.of(reader.face) and link.company_id == reader.company_id
    if link.field_group is not None and link.field_group not in reader.field_groups:
        return False
    return link.record.id in seen
