"""What a person was told, and the counter of each person's inbox."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from concord.database.base import BigId, Identifier, Model, RecordId, UserId


class Notification(Model):
    """One line in somebody's inbox; a burst on one record is one line with a count."""

    __tablename__ = "concord_notifications"

    id: Mapped[Identifier]
    user_id: Mapped[UserId]
    position: Mapped[int]
    at: Mapped[datetime]
    entry_id: Mapped[int] = mapped_column(BigId, ForeignKey("concord_timeline_entries.id"))
    record_id: Mapped[RecordId]
    face: Mapped[str]
    company_id: Mapped[RecordId | None]
    fact_type: Mapped[str]
    reason: Mapped[str]
    count: Mapped[int] = mapped_column(default=1)
    actors: Mapped[list[Any]]
    first_at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_concord_notifications_inbox", "user_id", text("position DESC"), unique=True),
        Index(
            "ix_concord_notifications_unread",
            "user_id",
            "record_id",
            "fact_type",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
    )


class Inbox(Model):
    """A person's position counter and unread count, locked in user order at commit."""

    __tablename__ = "concord_inboxes"

    user_id: Mapped[UserId] = mapped_column(primary_key=True)
    position: Mapped[int]
    unread: Mapped[int]
