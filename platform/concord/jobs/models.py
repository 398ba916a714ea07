"""Who runs jobs, and which jobs have had their effect."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from concord.clock import now
from concord.database.base import Model


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
