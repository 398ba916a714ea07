"""How far a person has read a stream: marked when they look at it, by a POST."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.clock import now
from concord.records.models import Record
from concord.timeline.models import LastVisit


def mark_seen(session: Session, actor: Actor, record: Record, position: int) -> None:
    """Remember that `actor` saw the stream up to `position`; it never goes back."""
    row = {
        "user_id": actor.user_id,
        "record_id": record.id,
        "company_id": actor.company_id if actor.outside else 0,
        "position": position,
        "at": now(),
    }
    postgres = session.get_bind().dialect.name == "postgresql"
    insert = (postgresql.insert if postgres else sqlite.insert)(LastVisit)
    session.execute(
        insert.values(row).on_conflict_do_update(
            index_elements=["user_id", "record_id", "company_id"],
            set_={"position": position, "at": row["at"]},
            where=LastVisit.position < position,
        )
    )
