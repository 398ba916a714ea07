"""A run and its items: who changes what, how far it is, and what stood there before."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from concord.database.base import BigId, Model, RecordId, UserId
from concord.records.models import Record

# Where there is none, the database's own null, which statements can ask for.
NullableJson = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class State(StrEnum):
    RUNNING = "running"
    HELD = "held"
    DONE = "done"


class ItemState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    SAME = "same"
    SKIPPED = "skipped"


class BulkRun(Record):
    """One verb over many records of `subject_kind`, begun by its owner.

    `total` counts the items, `refused` what was asked for and is not the owner's to change.
    A run that takes another one back names it in `undoes_id`. A token that began it must still be
    good at each step. `told_id` is the colleague whom it concerns.
    """

    __tablename__ = "concord_bulk_runs"

    id: Mapped[int] = mapped_column(BigId, ForeignKey("concord_records.id"), primary_key=True)
    verb: Mapped[str]
    subject_kind: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(default=State.RUNNING.value)
    held_because: Mapped[str | None]
    total: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    same: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)
    undoes_id: Mapped[RecordId | None] = mapped_column(unique=True)
    told_id: Mapped[UserId | None] = mapped_column(index=True)
    token_id: Mapped[int | None] = mapped_column(BigId)
    finished_at: Mapped[datetime | None]

    __mapper_args__: dict[str, Any] = {
        "polymorphic_identity": "bulk_run",
        "inherit_condition": id == Record.id,
    }

    @property
    def handled(self) -> int:
        return self.done + self.same + self.skipped

    @property
    def percent(self) -> int:
        return 100 if self.total == 0 else self.handled * 100 // self.total


class BulkItem(Model):
    """One record of a run. `image` holds each changed column before and after. One that came
    `along` was not asked for: it changed because another of the run did, and is not counted.

    In a run that takes another back, `image` is the other's until the record's turn has come.
    `reason` says why a record was skipped, or what of it was left as it is.
    """

    __tablename__ = "concord_bulk_items"

    run_id: Mapped[RecordId] = mapped_column(primary_key=True)
    record_id: Mapped[RecordId] = mapped_column(primary_key=True, index=True)
    state: Mapped[str] = mapped_column(default=ItemState.WAITING.value)
    reason: Mapped[str | None]
    fields: Mapped[list[Any]] = mapped_column(default=list)
    along: Mapped[bool] = mapped_column(default=False)
    image: Mapped[dict[str, Any] | None] = mapped_column(NullableJson)

    __table_args__ = (
        Index("ix_concord_bulk_items_state", "run_id", "state", "record_id"),
        Index("ix_concord_bulk_items_reason", "run_id", "reason", "record_id"),
    )
