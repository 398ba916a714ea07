"""Whether people outside could open a record at all: only then is anything said to them on it."""

from sqlalchemy.orm import Session

from concord.actors import Actor, Audience, Face, Scope
from concord.installation import current_installation
from concord.records.models import Record


def opens_outside(
    session: Session, record_id: int, kind: str, audience: Audience, company_id: int
) -> bool:
    """Whether the people of `company_id`, on the side of `audience`, see the record."""
    if record_id == company_id:
        return True
    record_type = current_installation().records.get(kind)
    if record_type is None:
        return False
    grants = {record_type.policy.read: Scope.OWN}
    someone = Actor(face=Face(audience.word), user_id=None, company_id=company_id, grants=grants)
    seen = record_type.policy.visible(someone).with_only_columns(
        Record.id, maintain_column_froms=True
    )
    return session.scalar(seen.where(Record.id == record_id)) is not None
