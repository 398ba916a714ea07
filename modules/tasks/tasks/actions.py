"""What people do with tasks. Every one leaves a fact on the task and on the record it is on."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord import editing
from concord.actors import Actor
from concord.facts.record import Link
from concord.facts.record import record as record_fact
from concord.identity.models import User
from concord.installation import current_installation
from concord.records import actions as records
from concord.records.models import Record
from modules.tasks.tasks.due import moments
from modules.tasks.tasks.facts import (
    FIELDS_SAID,
    TaskArchived,
    TaskAssigned,
    TaskChanged,
    TaskCompleted,
    TaskCreated,
    TaskFact,
    TaskReopened,
    TaskRestored,
)
from modules.tasks.tasks.models import Priority, Task


def create_task(
    session: Session,
    actor: Actor,
    *,
    title: str,
    about: Record | None = None,
    assignee: User | None = None,
    due: date | datetime | None = None,
    priority: Priority = Priority.NORMAL,
    note: str = "",
) -> Task:
    """A new task on `about`, for `assignee` or the actor; a `due` day ends in the actor's zone."""
    task = Task(
        title=title.strip(),
        about_id=about.id if about is not None else None,
        company_id=about.company_id if about is not None else None,
        owner_id=assignee.id if assignee is not None else actor.user_id,
        team_id=assignee.team_id if assignee is not None else None,
        created_by_id=actor.user_id,
        priority=priority.value,
        note=note.strip(),
        **moments(due, actor),
    )
    records.create(session, actor, task)
    _say(session, actor, task, TaskCreated(title=task.title))
    if assignee is not None and assignee.id != actor.user_id:
        given = TaskAssigned(title=task.title, assignee=assignee.name)
        record_fact(session, actor, given, subject=task)
    return task


def change_task(
    session: Session,
    actor: Actor,
    task: Task,
    changes: Mapping[str, Any],
    *,
    originals: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
) -> None:
    """Set title, note, priority or due columns; raises Conflict or Stale as `editing.edit` does."""
    changed = editing.edit(session, task, changes, originals, expected_version)
    if changed:
        said = list(dict.fromkeys(FIELDS_SAID[name] for name in changed))
        fact = TaskChanged(
            title=task.title,
            fields=tuple(changed),
            said_en=" and ".join(en for en, _ in said),
            said_zh="、".join(zh for _, zh in said),
        )
        _say(session, actor, task, fact)


def assign(session: Session, actor: Actor, task: Task, assignee: User) -> None:
    """Give the task to a colleague, who is told."""
    if task.owner_id == assignee.id:
        return
    records.assign(session, actor, task, assignee)
    _say(session, actor, task, TaskAssigned(title=task.title, assignee=assignee.name))


def complete(session: Session, actor: Actor, task: Task) -> bool:
    """Done. Gives False where somebody was faster: then nothing happens twice."""
    if task.done:
        return False
    task.complete()
    _say(session, actor, task, TaskCompleted(title=task.title))
    return True


def reopen(session: Session, actor: Actor, task: Task) -> bool:
    """Open again, as it was before it was completed."""
    if not task.done:
        return False
    task.reopen()
    _say(session, actor, task, TaskReopened(title=task.title))
    return True


def archive(session: Session, actor: Actor, task: Task) -> None:
    records.archive(session, actor, task)
    _say(session, actor, task, TaskArchived(title=task.title))


def restore(session: Session, actor: Actor, task: Task) -> None:
    records.restore(session, actor, task)
    _say(session, actor, task, TaskRestored(title=task.title))


def record_of(session: Session, task: Task) -> Record | None:
    """The record the task is on, where this installation knows its kind."""
    known = Record.kind.in_(current_installation().records.kinds())
    return session.scalar(select(Record).where(Record.id == task.about_id, known))


def _say(session: Session, actor: Actor, task: Task, fact: TaskFact) -> None:
    about = record_of(session, task) if task.about_id is not None else None
    links = [Link(task), *([Link(about)] if about is not None else [])]
    record_fact(session, actor, fact, subject=task, links=links)
