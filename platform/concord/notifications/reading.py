"""Whether somebody may read an entry: asked before they are told, and again whenever it is sent."""

from sqlalchemy.orm import Session

from concord.actors import Actor, Audience
from concord.facts.record import Link
from concord.installation import current_installation
from concord.records.models import Record


def may_read(session: Session, reader: Actor, record: Record, link: Link) -> bool:
    """Whether `reader` sees an entry on `record` through this link."""
    if reader.outside:
        return link.audience is Audience.of(reader.face) and link.company_id == reader.company_id
    if link.field_group is not None and link.field_group not in reader.field_groups:
        return False
    record_type = current_installation().records.get(record.kind)
    if record_type is None:
        return False
    visible = record_type.policy.visible(reader).with_only_columns(
        Record.id, maintain_column_froms=True
    )
    return session.scalar(visible.where(Record.id == record.id)) is not None
