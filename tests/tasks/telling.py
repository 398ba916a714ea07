"""What the tests of tasks say often."""

from datetime import date, datetime

from concord.identity.models import User
from concord.notifications.queries import inbox
from concord.records.models import Record
from concord.timeline.queries import page
from modules.tasks.api import Task, create_task
from tests.world import World


def give(
    world: World,
    by: str,
    title: str,
    *,
    to: str | None = None,
    on: str | None = None,
    due: date | datetime | None = None,
) -> int:
    """A task written down by one person for another; gives its id."""
    with world.act(by) as (session, actor):
        task = create_task(
            session,
            actor,
            title=title,
            about=world.record(session, on) if on else None,
            assignee=session.get_one(User, world.people[to]) if to else None,
            due=due,
        )
        session.flush()
        return task.id


def look(world: World, task_id: int) -> Task:
    with world.reading() as session:
        task = session.get_one(Task, task_id)
        session.refresh(task)
        return task


def told(world: World, person: str) -> list[str]:
    """The sentences in somebody's inbox, newest first."""
    actor = world.actor(person)
    with world.app.test_request_context(), world.reading() as session:
        return [line.text for line in inbox(session, actor).items]


def said_on(world: World, record: str | int, person: str = "lin") -> list[str]:
    """The sentences on a record's timeline as `person` reads them, newest first."""
    actor = world.actor(person)
    with world.app.test_request_context(), world.reading() as session:
        record_id = record if isinstance(record, int) else world.records[record]
        place = session.get_one(Record, record_id)
        return [f"{e.actor_name} {e.sentence}" for e in page(session, actor, place).entries]
