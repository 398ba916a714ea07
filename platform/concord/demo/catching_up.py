"""Reading what one was told: everybody has done so before today, but for a handful."""

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.demo.story import Story
from concord.notifications.actions import mark_all_read
from concord.realtime.topics import positions
from concord.records.models import Record
from concord.timeline.models import Entry, TimelineLink
from concord.timeline.visits import mark_seen

EVENING = (2, "17:55")
LAST_LOOKS = {"lin": (0, "9:20"), "zhou": (1, "17:05"), "huang": (1, "11:00")}
"""When somebody last looked: working days ago, and the time; all others two evenings ago."""


def plan_last_looks(story: Story) -> None:
    for person in story.people:
        days_ago, at = LAST_LOOKS.get(person, EVENING)
        story.plan(person, days_ago, at, look)


def look(session: Session, actor: Actor) -> None:
    """Read the inbox, and every stream of one's own up to its end."""
    mark_all_read(session, actor)
    for record, position in _streams_of(session, actor):
        mark_seen(session, actor, record, position)


def _streams_of(session: Session, actor: Actor) -> Iterator[tuple[Record, int]]:
    """The streams of one's records, and of those on which one has written, with their ends."""
    written = (
        select(TimelineLink.record_id)
        .join(Entry, Entry.id == TimelineLink.entry_id)
        .where(Entry.actor_id == actor.user_id)
    )
    mine = or_(Record.owner_id == actor.user_id, Record.id.in_(written))
    theirs = Record.id == actor.company_id if actor.outside else mine
    query = select(Record).where(Record.kind == "company", theirs)
    records = {f"record:{record.id}": record for record in session.scalars(query)}
    for topic, position in positions(session, actor, list(records)).items():
        yield records[topic], position
