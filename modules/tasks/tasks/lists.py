"""The list of tasks: as a table, a board or a calendar."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as pgettext
from marshmallow import fields
from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.clock import now
from concord.lists.fields import Field, moment_field, person_field, record_field, title_field
from concord.lists.kinds import Kind
from concord.lists.types import BuiltIn, ListType, Look
from concord.records.models import Record
from concord.records.titles import search_titles
from concord.tags.lists import TAGS
from modules.tasks.permissions import Tasks
from modules.tasks.tasks.forms import change_task, shown_due
from modules.tasks.tasks.models import Priority, State, Task
from modules.tasks.tasks.policy import TASKS
from modules.tasks.tasks.schemas import TaskFields


class TaskCells(TaskFields):
    """What can be changed in a list."""

    state = fields.Enum(State, by_value=True)


STATES = (
    (State.OPEN.value, pgettext("task", "Open")),
    (State.DONE.value, pgettext("task", "Done")),
)
PRIORITIES = (
    (Priority.HIGH.value, _l("High")),
    (Priority.NORMAL.value, _l("Normal")),
    (Priority.LOW.value, _l("Low")),
)
CHOICE: dict[str, Any] = {"kind": Kind.CHOICE, "sortable": True, "groupable": True, "width": 96}


def overdue(actor: Actor) -> ColumnElement[bool]:
    return and_(Task.state == State.OPEN, Task.due_at < now())


FIELDS = (
    title_field(pgettext("task", "Title"), editable="title"),
    Field(
        name="state", label=_l("State"), column=Task.state, options=STATES,
        editable="state", tones={"done": "ok"}, **CHOICE,
    ),
    Field(
        name="priority", label=_l("Priority"), column=Task.priority, options=PRIORITIES,
        editable="priority", tones={"high": "risk", "normal": ""}, **CHOICE,
    ),
    moment_field("due", _l("Due"), Task.due_at, editable="due_on", overdue=overdue),
    person_field("assignee", _l("Who does it"), Record.owner_id, editable="assignee_id"),
    record_field("about", pgettext("task", "On"), Task.about_id),
    record_field("company", _l("Company"), Record.company_id, groupable=True),
    Field(name="team", label=_l("Team"), kind=Kind.TEAM, column=Record.team_id, groupable=True),
    Field(
        name="note", label=pgettext("task", "Note"), column=Task.note, editable="note", width=240
    ),
    moment_field("done_at", _l("Finished"), Task.done_at),
    moment_field("created_at", _l("Created"), Record.created_at),
    TAGS,
)  # fmt: skip
OPEN = ("state", "is", State.OPEN.value)


def edit(
    session: Session,
    actor: Actor,
    task: Task,
    changes: Mapping[str, Any],
    originals: Mapping[str, Any],
) -> None:
    change_task(session, actor, task, changes, originals)


def starting(actor: Actor, task: Task) -> Mapping[str, str]:
    """The texts that an editor starts from, where they are not the columns' own."""
    return {"assignee_id": str(task.owner_id or ""), "due_on": shown_due(task, actor)["due_on"]}


TASK_LIST = ListType(
    key="tasks",
    kind="task",
    label=_l("Tasks"),
    policy=TASKS,
    permission=Tasks.TASK_READ,
    permission_write=Tasks.TASK_WRITE,
    permission_restore=Tasks.TASK_WRITE,
    endpoint="tasks.index",
    fields=FIELDS,
    columns=("name", "state", "priority", "due", "assignee", "company"),
    second=("assignee", "due"),
    sort=("due",),
    views=(
        BuiltIn("mine", _l("Mine"), Look.where(OPEN, ("assignee", "is", "me"))),
        BuiltIn("team", _l("My team"), Look.where(OPEN, ("assignee", "is", "my_team"))),
    ),
    first="mine",
    plain=(_l("To do"), "list-checks"),
    board=("state", "priority"),
    calendar=("due",),
    search=search_titles,
    form=lambda actor: TaskCells(),
    edit=edit,
    starting=starting,
    new="tasks.new",
    new_label=_l("New task"),
    collection="tasks",
)
