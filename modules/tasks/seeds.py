"""The part of tasks in the demo story."""

from datetime import date, datetime
from functools import partial

from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.demo.story import Story
from concord.demo.words import Words
from concord.records.models import Record
from modules.tasks.demo.finished import FINISHED
from modules.tasks.demo.shapes import Chore
from modules.tasks.demo.waiting import WAITING
from modules.tasks.tasks.actions import complete, create_task
from modules.tasks.tasks.models import Priority, Task


def seed(story: Story) -> None:
    for chore in (*FINISHED, *WAITING):
        if chore.in_brief or not story.brief:
            _plan(story, chore)


def _plan(story: Story, chore: Chore) -> None:
    made: list[int] = []
    story.plan(chore.by, *chore.made, partial(_create, story, chore, made))
    if chore.done is not None:
        story.plan(chore.to, *chore.done, partial(_complete, made))


def _create(story: Story, chore: Chore, made: list[int], session: Session, actor: Actor) -> None:
    """A task on a record that the story does not know is left out: its module is not here."""
    about = None
    if chore.about is not None:
        if chore.about not in story.records:
            return
        about = session.get_one(Record, story.records[chore.about])
    task = create_task(
        session,
        actor,
        title=story.text(Words(*chore.title)),
        about=about,
        assignee=story.user(session, chore.to),
        due=_due(story, chore),
        priority=Priority(chore.priority),
        note=story.text(Words(*chore.note)),
    )
    made.append(task.id)
    if chore.key is not None:
        story.records[chore.key] = task.id


def _due(story: Story, chore: Chore) -> date | datetime | None:
    if chore.due is None:
        return None
    return story.day(chore.due) if chore.hour is None else story.at(chore.due, chore.hour)


def _complete(made: list[int], session: Session, actor: Actor) -> None:
    for task_id in made:
        complete(session, actor, session.get_one(Task, task_id))
