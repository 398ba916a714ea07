"""Tasks in the REST API."""

from typing import Any

from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.api.collection import Collection
from concord.records.models import Record
from modules.tasks.permissions import Tasks
from modules.tasks.tasks import actions
from modules.tasks.tasks.due import moments
from modules.tasks.tasks.forms import read_about, read_assignee
from modules.tasks.tasks.models import Priority, State, Task
from modules.tasks.tasks.policy import TASKS
from modules.tasks.tasks.schemas import TaskIn, TaskOut

PLAIN = ("title", "note")


def create(session: Session, actor: Actor, values: dict[str, Any]) -> Task:
    task = actions.create_task(
        session,
        actor,
        title=values["title"],
        about=read_about(session, actor, values.get("record_id")),
        assignee=read_assignee(session, values.get("assignee_id")),
        due=values.get("due_at") or values.get("due_on"),
        priority=values.get("priority", Priority.NORMAL),
        note=values.get("note", ""),
    )
    _bring_to(session, actor, task, values.get("state"))
    return task


def update(session: Session, actor: Actor, task: Task, values: dict[str, Any]) -> None:
    changes = {name: values[name] for name in PLAIN if name in values}
    if "priority" in values:
        changes["priority"] = values["priority"].value
    if "due_at" in values or "due_on" in values:
        changes |= moments(values.get("due_at") or values.get("due_on"), actor)
    assignee = read_assignee(session, values.get("assignee_id"))
    actions.change_task(session, actor, task, changes)
    if assignee is not None:
        actions.assign(session, actor, task, assignee)
    _bring_to(session, actor, task, values.get("state"))


def _bring_to(session: Session, actor: Actor, task: Task, state: State | None) -> None:
    if state is State.DONE:
        actions.complete(session, actor, task)
    elif state is State.OPEN:
        actions.reopen(session, actor, task)


COLLECTION = Collection(
    name="tasks",
    kind="task",
    model=Task,
    policy=TASKS,
    permission_read=Tasks.TASK_READ,
    permission_write=Tasks.TASK_WRITE,
    out_schema=TaskOut,
    in_schema=TaskIn,
    create=create,
    update=update,
    archive=actions.archive,
    filters={
        "title": Record.title,
        "record_id": Task.about_id,
        "assignee_id": Record.owner_id,
        "company_id": Record.company_id,
        "state": Task.state,
        "priority": Task.priority,
        "due_at": Task.due_at,
        "due_on": Task.due_on,
        "created_by_id": Task.created_by_id,
        "team_id": Record.team_id,
        "created_at": Record.created_at,
        "done_at": Task.done_at,
        "updated_at": Record.updated_at,
    },
    sorts={
        "due_at": Task.due_at,
        "title": Record.sort_key,
        "done_at": Task.done_at,
        "created_at": Record.created_at,
        "updated_at": Record.updated_at,
    },
    fixed=frozenset({"record_id"}),
)
