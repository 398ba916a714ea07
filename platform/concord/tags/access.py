"""Reaching a record to change its tags."""

from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.errors import Forbidden
from concord.records.access import find_record
from concord.records.models import Record
from concord.tags.queries import permission_on


def taggable(session: Session, actor: Actor, record_id: int) -> Record:
    """The record, if the actor sees it (else NotFound) and may write it (else Forbidden)."""
    record, record_type = find_record(session, actor, record_id)
    permission = permission_on(record.kind)
    if permission is None or not record_type.policy.allows(actor, permission, record):
        raise Forbidden
    return record
