"""What a person was told, what waits to be told by mail, and how each person wants to be told."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from concord.clock import now
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


class Waiting(Model):
    """One entry that one person is still to be told of by mail, in the digest, or by push.

    Written with the entry, deleted in the transaction that queues what tells it.
    """

    __tablename__ = "concord_notifications_waiting"

    id: Mapped[Identifier]
    user_id: Mapped[UserId]
    channel: Mapped[str]
    at: Mapped[datetime]
    entry_id: Mapped[int] = mapped_column(BigId, ForeignKey("concord_timeline_entries.id"))
    record_id: Mapped[RecordId]
    face: Mapped[str]
    company_id: Mapped[RecordId | None]
    reason: Mapped[str]
    topic: Mapped[str]

    __table_args__ = (
        Index("ix_concord_notifications_waiting", "channel", "user_id", "id"),
        CheckConstraint("channel IN ('mail', 'digest', 'push')", name="channel"),
    )


class DigestSlot(Model):
    """A day on which somebody's digest was made: whichever worker adds the row makes it."""

    __tablename__ = "concord_notifications_digests"

    user_id: Mapped[UserId] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)


class Choice(Model):
    """How one person wants to be told of a topic, or of one fact type apart from its topic.

    `only_mine` leaves out whatever is on records and companies of others; until `muted_until` it
    is kept for the digest only.
    """

    __tablename__ = "concord_notification_choices"

    user_id: Mapped[UserId] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    program: Mapped[bool]
    mail: Mapped[str]
    push: Mapped[bool]
    only_mine: Mapped[bool] = mapped_column(default=False)
    muted_until: Mapped[datetime | None]

    __table_args__ = (CheckConstraint("mail IN ('now', 'digest', 'none')", name="mail"),)


class Hours(Model):
    """When somebody's digest comes, and when mail and push wait.

    `digest_at` counts minutes of the day. `quiet` holds for each weekday, Monday first, the
    minutes [from, until] or null; where `until` is not later, it lies on the following day.
    """

    __tablename__ = "concord_notification_hours"

    user_id: Mapped[UserId] = mapped_column(primary_key=True)
    digest_at: Mapped[int]
    quiet: Mapped[list[Any]]


class Follow(Model):
    """What somebody said about one record: follow, mentions only, or mute. It opens nothing."""

    __tablename__ = "concord_record_follows"

    record_id: Mapped[RecordId] = mapped_column(primary_key=True)
    user_id: Mapped[UserId] = mapped_column(primary_key=True, index=True)
    state: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (CheckConstraint("state IN ('follow', 'mentions', 'mute')", name="state"),)
