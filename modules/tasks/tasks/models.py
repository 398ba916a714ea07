"""The task and its two states."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from concord.clock import now, today
from concord.database.base import BigId, RecordId, UserId
from concord.records.models import Record


class State(StrEnum):
    OPEN = "open"
    DONE = "done"


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class Task(Record):
    """Something to do. Its owner is the assignee, its company that of the record it is on.

    A task due on a day has `due_on`, and `due_at` at the end of that day where it was set;
    a task due at a time has `due_at` alone.
    """

    __tablename__ = "tasks_tasks"

    id: Mapped[int] = mapped_column(BigId, ForeignKey("concord_records.id"), primary_key=True)
    about_id: Mapped[RecordId | None]
    created_by_id: Mapped[UserId | None]
    state: Mapped[str] = mapped_column(default=State.OPEN.value)
    priority: Mapped[str] = mapped_column(default=Priority.NORMAL.value)
    due_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    done_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")

    __mapper_args__: dict[str, Any] = {
        "polymorphic_identity": "task",
        "inherit_condition": id == Record.id,
    }
    __table_args__: Any = (
        Index("ix_tasks_tasks_about", "about_id", "state"),
        Index(
            "ix_tasks_tasks_open",
            "due_at",
            "id",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_tasks_tasks_done", text("done_at DESC"), "id"),
        CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done"),
        CheckConstraint("due_on IS NULL OR due_at IS NOT NULL", name="due"),
    )

    @property
    def done(self) -> bool:
        return self.state == State.DONE

    def complete(self) -> None:
        self.state, self.done_at = State.DONE.value, now()

    def reopen(self) -> None:
        self.state, self.done_at = State.OPEN.value, None


def is_late(due_at: datetime | None, due_on: date | None, timezone: str) -> bool:
    """Whether an open task's time has passed, for somebody who lives in `timezone`."""
    if due_on is not None:
        return due_on < today(timezone)
    return due_at is not None and due_at < now()
