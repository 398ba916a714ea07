"""The company a record concerns, as far as the reader may open it."""

from typing import Any

from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.installation import current_installation
from concord.records.access import Place
from concord.records.models import Record

MOST_CHOICES = 200


def companies(session: Session, actor: Actor) -> list[tuple[int, str]]:
    """The companies that can be chosen in a form, by name."""
    query = _companies(actor)
    if query is None:
        return []
    query = query.with_only_columns(Record.id, Record.title, maintain_column_froms=True)
    found = session.execute(query.order_by(Record.sort_key, Record.id).limit(MOST_CHOICES))
    return [(company_id, title) for company_id, title in found]


def company_of(session: Session, actor: Actor, record: Record) -> Place | None:
    query = _companies(actor)
    if query is None or record.company_id is None:
        return None
    query = query.with_only_columns(
        Record.id, Record.kind, Record.title, Record.company_id, maintain_column_froms=True
    )
    row = session.execute(query.where(Record.id == record.company_id)).one_or_none()
    return Place(*row) if row is not None else None


def _companies(actor: Actor) -> Any:
    """SQL of the companies the actor sees; None where no module brings any."""
    company = current_installation().records.get("company")
    return company.seen_by(actor) if company is not None else None
