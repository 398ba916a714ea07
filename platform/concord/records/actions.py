"""What happens to any record; the noun's own action records the fact."""

from collections.abc import Iterable

from sqlalchemy import update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from concord.actors import Actor
from concord.clock import now
from concord.identity.access import raise_epoch
from concord.identity.models import User
from concord.parties.models import Party
from concord.records.models import Record


def create(session: Session, actor: Actor, record: Record) -> Record:
    """Put a new record on the spine, owned by the actor and the actor's team unless it says so."""
    if record.owner_id is None and not actor.outside:
        record.owner_id = actor.user_id
    if record.team_id is None:
        record.team_id = next(iter(sorted(actor.team_ids)), None)
    session.add(record)
    session.flush()
    if isinstance(record, Party):
        _belongs_to_itself(session, record)
    return record


def _belongs_to_itself(session: Session, party: Party) -> None:
    """A company is one of its own records; that is part of its creation, not a later version."""
    session.execute(update(Record).where(Record.id == party.id).values(company_id=party.id))
    set_committed_value(party, "company_id", party.id)


def archive(session: Session, actor: Actor, record: Record) -> None:
    """Take a record out of sight; who watched it live stops hearing of it."""
    record.archived_at = now()
    raise_epoch(session)


def restore(session: Session, actor: Actor, record: Record) -> None:
    record.archived_at = None


def assign(session: Session, actor: Actor, record: Record, owner: User) -> None:
    """Hand a record to another owner; it moves to the new owner's team."""
    assign_many(session, actor, [record], owner)


def assign_many(session: Session, actor: Actor, records: Iterable[Record], owner: User) -> None:
    """The same for many; the fact is the caller's to record."""
    for record in records:
        record.owner_id = owner.id
        record.team_id = owner.team_id
    raise_epoch(session)
