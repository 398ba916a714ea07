"""The webhook, and what is delivered to it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from concord.clock import now
from concord.database.base import BigId, Identifier, Model, RecordId, Sealed
from concord.records.models import Record


class Stopped(StrEnum):
    """Why nothing is delivered."""

    BY_HAND = "by_hand"
    GONE = "gone"
    FAILING = "failing"


class State(StrEnum):
    """Where a delivery stands. A withheld one is no longer for its owner to know."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    WITHHELD = "withheld"


class Webhook(Record):
    """Tells one address what its owner may know. `scopes` narrow that further; none means all.

    `failures` counts those since the last success. While it rests nothing is tried; whoever sends
    holds it until `held_until`, so that one at a time does.
    """

    __tablename__ = "concord_webhooks"

    id: Mapped[int] = mapped_column(BigId, ForeignKey("concord_records.id"), primary_key=True)
    url: Mapped[str]
    events: Mapped[list[Any]]
    scopes: Mapped[list[Any]]
    secret: Mapped[Sealed]
    former_secret: Mapped[Sealed | None]
    former_until: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    stopped_for: Mapped[str | None]
    failing_since: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    rests_until: Mapped[datetime | None]
    held_until: Mapped[datetime | None]

    __mapper_args__: dict[str, Any] = {"polymorphic_identity": "webhook"}

    @property
    def is_running(self) -> bool:
        return self.stopped_at is None


class Delivery(Model):
    """One message to one webhook, as it is sent each time: of an entry, or without one a test.

    `record_id` is the record that it names. What is urgent goes out although the webhook rests.
    `tries` are those that were made: `{"at", "status", "error", "milliseconds"}`. `answer` is the
    beginning of the last answer's body.
    """

    __tablename__ = "concord_webhook_deliveries"

    id: Mapped[Identifier]
    webhook_id: Mapped[int] = mapped_column(BigId, ForeignKey("concord_webhooks.id"))
    message_id: Mapped[str] = mapped_column(unique=True)
    entry_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("concord_timeline_entries.id"))
    record_id: Mapped[RecordId]
    event: Mapped[str]
    body: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[str] = mapped_column(default=State.WAITING.value)
    next_at: Mapped[datetime | None] = mapped_column(default=now)
    is_urgent: Mapped[bool] = mapped_column(default=False)
    attempts: Mapped[int] = mapped_column(default=0)
    tries: Mapped[list[Any]] = mapped_column(default=list)
    last_at: Mapped[datetime | None]
    status: Mapped[int | None]
    milliseconds: Mapped[int | None]
    error: Mapped[str | None]
    answer: Mapped[str | None]

    __table_args__ = (
        Index("ix_concord_webhook_deliveries_log", "webhook_id", "id"),
        Index(
            "ix_concord_webhook_deliveries_due",
            "webhook_id",
            "next_at",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_concord_webhook_deliveries_created", "created_at"),
        {"sqlite_autoincrement": True},
    )
