"""What happens to a task."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from concord.facts.types import AnyFactType, Fact, FactType, Sentence, Told, owner
from concord.records.models import Record
from modules.tasks.tasks.models import Task


@dataclass(frozen=True, kw_only=True)
class TaskFact(Fact):
    """`title` is the task's, as of then."""

    title: str = ""


@dataclass(frozen=True, kw_only=True)
class TaskCreated(TaskFact):
    pass


@dataclass(frozen=True, kw_only=True)
class TaskAssigned(TaskFact):
    """`assignee` is the name of who has it now."""

    assignee: str = ""


@dataclass(frozen=True, kw_only=True)
class TaskCompleted(TaskFact):
    pass


@dataclass(frozen=True, kw_only=True)
class TaskReopened(TaskFact):
    pass


@dataclass(frozen=True, kw_only=True)
class TaskChanged(TaskFact):
    """`fields` are the changed fields; `said_en` and `said_zh` name them."""

    fields: tuple[str, ...] = ()
    said_en: str = ""
    said_zh: str = ""


@dataclass(frozen=True, kw_only=True)
class TaskArchived(TaskFact):
    pass


@dataclass(frozen=True, kw_only=True)
class TaskRestored(TaskFact):
    pass


def whoever_waits(told: Told) -> Iterable[int]:
    """Who asked for the task, and the owner of the record it is on."""
    task = told.record
    if not isinstance(task, Task):
        return
    if task.created_by_id is not None:
        yield task.created_by_id
    owner_id = told.session.scalar(select(Record.owner_id).where(Record.id == task.about_id))
    if owner_id is not None:
        yield owner_id


TASK_CREATED = FactType(
    name="task.created",
    fact=TaskCreated,
    icon="list-checks",
    sentence=Sentence(en="added the task “{title}”", zh="新建了任务“{title}”"),
)
TASK_ASSIGNED = FactType(
    name="task.assigned",
    fact=TaskAssigned,
    icon="list-checks",
    sentence=Sentence(
        en="gave the task “{title}” to {assignee}", zh="把任务“{title}”交给了{assignee}"
    ),
    tells=owner,
    topic="tasks",
    label=_l("A task is given to me"),
    asks=True,
    personal=frozenset({"assignee"}),
)
TASK_COMPLETED = FactType(
    name="task.completed",
    fact=TaskCompleted,
    icon="circle-check",
    sentence=Sentence(en="completed the task “{title}”", zh="完成了任务“{title}”"),
    tells=whoever_waits,
    topic="tasks",
    label=_l("A task I wait for is done"),
)
TASK_REOPENED = FactType(
    name="task.reopened",
    fact=TaskReopened,
    icon="undo-2",
    sentence=Sentence(en="reopened the task “{title}”", zh="重新打开了任务“{title}”"),
)
TASK_CHANGED = FactType(
    name="task.changed",
    fact=TaskChanged,
    icon="pencil",
    sentence=Sentence(
        en="changed {said_en} of the task “{title}”", zh="修改了任务“{title}”的{said_zh}"
    ),
)
TASK_ARCHIVED = FactType(
    name="task.archived",
    fact=TaskArchived,
    icon="archive",
    sentence=Sentence(en="archived the task “{title}”", zh="归档了任务“{title}”"),
)
TASK_RESTORED = FactType(
    name="task.restored",
    fact=TaskRestored,
    icon="undo-2",
    sentence=Sentence(en="restored the task “{title}”", zh="恢复了任务“{title}”"),
)

FACTS: tuple[AnyFactType, ...] = (
    TASK_CREATED,
    TASK_ASSIGNED,
    TASK_COMPLETED,
    TASK_REOPENED,
    TASK_CHANGED,
    TASK_ARCHIVED,
    TASK_RESTORED,
)

FIELDS_SAID = {
    "title": ("the title", "标题"),
    "due_at": ("the due date", "截止时间"),
    "due_on": ("the due date", "截止时间"),
    "priority": ("the priority", "优先级"),
    "note": ("the note", "备注"),
}
