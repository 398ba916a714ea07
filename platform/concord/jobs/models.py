"""Who runs jobs, which have had their effect, which are held, and what the clock asks for."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from concord.clock import now
from concord.database.base import Identifier, Model


class Executor(Model):
    """A process that runs jobs. `beats` rises every few seconds while it lives."""

    __tablename__ = "concord_executors"

    name: Mapped[str] = mapped_column(primary_key=True)
    host: Mapped[str]
    process: Mapped[int]
    beats: Mapped[int] = mapped_column(default=0)
    beat_at: Mapped[datetime] = mapped_column(default=now)


class JobMark(Model):
    """Written in the transaction of a job's effect: a job that starts again finds it and stops."""

    __tablename__ = "concord_job_marks"

    job_id: Mapped[str] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(default=now)


class ScheduleSlot(Model):
    """A slot of a schedule for which a job was asked; unique, so that only one worker asks.

    `job_id` is empty for the slot in which the house was opened; `ended_at` is set by the run.
    """

    __tablename__ = "concord_schedule_slots"

    id: Mapped[Identifier]
    name: Mapped[str]
    slot_at: Mapped[datetime]
    asked_at: Mapped[datetime] = mapped_column(default=now)
    job_id: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("name", "slot_at"), {"sqlite_autoincrement": True})


class JobHold(Model):
    """Jobs of this name do not start; the name `*` stands for all of them."""

    __tablename__ = "concord_job_holds"

    name: Mapped[str] = mapped_column(primary_key=True)
    held_at: Mapped[datetime] = mapped_column(default=now)
    held_by: Mapped[str]


class JobTrouble(Model):
    """What went wrong the last time a job was tried; `next_at` is when it is tried again."""

    __tablename__ = "concord_job_troubles"

    job_id: Mapped[str] = mapped_column(primary_key=True)
    attempts: Mapped[int]
    error: Mapped[str]
    failed_at: Mapped[datetime] = mapped_column(default=now)
    next_at: Mapped[datetime | None]
