"""What the templates show: groups of lines, one task, the panel, the workbench's blocks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import pgettext
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.identity.assignees import assignees
from concord.records.models import Record
from concord.web.formatting import short_date
from modules.tasks.permissions import Tasks
from modules.tasks.tasks import queries
from modules.tasks.tasks.due import When
from modules.tasks.tasks.forms import shown_due
from modules.tasks.tasks.models import Priority, Task
from modules.tasks.tasks.policy import TASKS
from modules.tasks.tasks.queries import TaskLine, View


@dataclass(frozen=True, slots=True)
class Group:
    """Some lines under one heading."""

    key: str
    title: str
    tasks: Sequence[TaskLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskList:
    view: View
    groups: Sequence[Group]
    next: str | None

    @property
    def empty(self) -> bool:
        return not self.groups


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPanel:
    """The open tasks on a record, and to whom a new one can be given."""

    tasks: Sequence[TaskLine]
    colleagues: Sequence[tuple[int, str]]
    may_write: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What the workbench shows of tasks."""

    groups: Sequence[Group]
    colleagues: Sequence[tuple[int, str]]
    may_write: bool


def listed(session: Session, actor: Actor, view: View, cursor: str | None = None) -> TaskList:
    """A page of the list in its groups; what was done today closes the first one."""
    found, done = queries.listed(session, actor, view, cursor=cursor)
    groups = grouped(found.items, headings())
    if done:
        groups.append(Group("done", _("Done today"), done))
    return TaskList(view=view, groups=groups, next=found.next)


def panel_of(session: Session, actor: Actor, record: Record) -> TaskPanel:
    may_write = actor.may(Tasks.TASK_WRITE)
    return TaskPanel(
        tasks=queries.open_on(session, actor, record),
        colleagues=assignees(session) if may_write else (),
        may_write=may_write,
    )


def my_day(session: Session, actor: Actor) -> Day:
    may_write = actor.may(Tasks.TASK_WRITE)
    coming = _("Coming")
    titles = {
        When.OVERDUE: _("Overdue"),
        When.TODAY: _("Due today"),
        When.SOON: coming,
        When.LATER: coming,
    }
    return Day(
        groups=grouped(queries.my_day(session, actor), titles),
        colleagues=assignees(session) if may_write else (),
        may_write=may_write,
    )


def my_done(session: Session, actor: Actor) -> Sequence[TaskLine] | None:
    return queries.done_today(session, actor, View.MINE) or None


def one_task(session: Session, actor: Actor, task: Task) -> dict[str, Any]:
    """What `tasks/head.html` shows."""
    return {
        "task": queries.one(session, actor, task.id),
        "record": task,
        "due": shown_due(task, actor),
        "colleagues": assignees(session),
        "priorities": priorities(),
        "may_write": TASKS.allows(actor, Tasks.TASK_WRITE, task),
    }


def grouped(tasks: Sequence[TaskLine], titles: Mapping[When, str]) -> list[Group]:
    """The tasks, already in order, under their titles; groups of the same title are one."""
    found: dict[str, list[TaskLine]] = {}
    keys: dict[str, When] = {}
    for task in tasks:
        title = titles[task.when]
        found.setdefault(title, []).append(task)
        keys.setdefault(title, task.when)
    return [Group(keys[title].value, title, lines) for title, lines in found.items()]


def headings() -> dict[When, str]:
    return {
        When.OVERDUE: _("Overdue"),
        When.TODAY: _("Today"),
        When.SOON: _("Next 7 days"),
        When.LATER: _("Later"),
        When.NO_DATE: _("No date"),
    }


def priorities() -> list[tuple[str, str]]:
    return [
        (Priority.LOW.value, _("Low")),
        (Priority.NORMAL.value, _("Normal")),
        (Priority.HIGH.value, _("High")),
    ]


def labels() -> dict[str, str]:
    """What the fields are called where a person chooses between two values."""
    return {
        "title": pgettext("task", "Title"),
        "due_on": _("Due"),
        "due_time": _("Time"),
        "priority": _("Priority"),
        "note": pgettext("task", "Note"),
    }


def shown_value(name: str, value: Any) -> str:
    if name == "priority":
        return dict(priorities()).get(str(value), "")
    if name == "due_on" and value and not isinstance(value, str):
        return short_date(value)
    return "" if value is None else str(value)
