"""From a form's values to what the actions take: people, records, days and times."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.clock import today
from concord.errors import Conflict, FieldConflict, Invalid, NotFound
from concord.identity.assignees import find_assignee
from concord.identity.models import User
from concord.records.access import find_record
from concord.records.models import Record
from concord.web.forms import load, originals
from modules.tasks.tasks import actions
from modules.tasks.tasks.due import moments
from modules.tasks.tasks.models import State, Task
from modules.tasks.tasks.schemas import TaskForm

DUE = ("due_on", "due_time")
PLAIN = ("title", "priority", "note")


def read_assignee(session: Session, user_id: int | None) -> User | None:
    """The colleague a task can be given to; Invalid for anybody else."""
    return None if user_id is None else find_assignee(session, user_id, "assignee_id")


def read_about(session: Session, actor: Actor, record_id: int | None) -> Record | None:
    """The record a task is put on: one that the actor sees."""
    if record_id is None:
        return None
    try:
        return find_record(session, actor, record_id)[0]
    except NotFound:
        raise Invalid({"record_id": [_("There is no such record.")]}) from None


def read_due(values: Mapping[str, Any], actor: Actor) -> date | datetime | None:
    """A day, a moment where a time is named, or nothing. A time without a day means today."""
    day, clock = values.get("due_on"), values.get("due_time")
    if clock is None:
        return day
    return at(day or today(actor.timezone), clock, actor)


def at(day: date, clock: time, actor: Actor) -> datetime:
    return datetime.combine(day, clock.replace(tzinfo=None), ZoneInfo(actor.timezone))


def shown_due(task: Task, actor: Actor) -> dict[str, str]:
    """A task's due day and time as the form's fields hold them, where the actor lives."""
    if task.due_at is None:
        return {"due_on": "", "due_time": ""}
    if task.due_on is not None:
        return {"due_on": task.due_on.isoformat(), "due_time": ""}
    local = task.due_at.astimezone(ZoneInfo(actor.timezone))
    return {"due_on": local.date().isoformat(), "due_time": local.strftime("%H:%M")}


def change_from_form(session: Session, actor: Actor, task: Task) -> None:
    """Apply the request's form to a task; Invalid or Conflict as its fields say."""
    schema = TaskForm(exclude=("record_id",))
    values = load(schema, partial=True)
    change_task(session, actor, task, values, originals(schema))


def change_task(
    session: Session,
    actor: Actor,
    task: Task,
    values: Mapping[str, Any],
    started_from: Mapping[str, Any],
) -> None:
    """Apply what a form says of a task: its own fields, the due day, the assignee, the state."""
    assignee = read_assignee(session, values.get("assignee_id"))
    due = {name: values[name] for name in DUE if name in values}
    changes: dict[str, Any] = {n: str(values[n] or "") for n in PLAIN if n in values}
    if due:
        _check_due(task, actor, due, started_from)
        changes |= moments(_due_with(task, actor, due), actor)
    plain = {name: value for name, value in started_from.items() if name in changes}
    actions.change_task(session, actor, task, changes, originals=plain)
    if assignee is not None:
        actions.assign(session, actor, task, assignee)
    if (state := values.get("state")) is not None:
        act = actions.complete if state is State.DONE else actions.reopen
        act(session, actor, task)


def _due_with(task: Task, actor: Actor, sent: Mapping[str, Any]) -> date | datetime | None:
    """The due day and time where the form names only one of them."""
    standing = shown_due(task, actor)
    day = date.fromisoformat(standing["due_on"]) if standing["due_on"] else None
    clock = time.fromisoformat(standing["due_time"]) if standing["due_time"] else None
    values = {"due_on": day, "due_time": clock, **sent}
    if "due_on" in sent and sent["due_on"] is None:
        values["due_time"] = sent.get("due_time")
    return read_due(values, actor)


def _check_due(
    task: Task, actor: Actor, sent: Mapping[str, Any], started_from: Mapping[str, Any]
) -> None:
    """Raise Conflict where somebody else moved the day or the time since the form was filled."""
    clashes = []
    for name, theirs in shown_due(task, actor).items():
        if name not in sent or name not in started_from:
            continue
        mine, original = _written(sent[name]), _written(started_from[name])
        if theirs not in (original, mine) and mine != original:
            clashes.append(FieldConflict(name, original, theirs, mine))
    if clashes:
        raise Conflict(clashes)


def _written(value: Any) -> str:
    """A day or a time as its field holds it."""
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, date) else str(value or "")
