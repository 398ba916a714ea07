"""The mail row, the secrets behind its addresses, and what came back."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from concord.clock import now
from concord.database.base import Identifier, Model, RecordId, UserId


class Mail(Model):
    """One mail to one address. Once sent, its text is gone: it may hold a link that signs in.

    `headers` are further ones (threads, answers, unsubscribing); they go with the text.
    """

    __tablename__ = "concord_mails"

    id: Mapped[Identifier]
    to_address: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str | None]
    headers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    message_id: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    bounced_at: Mapped[datetime | None]


class MailKey(Model):
    """A secret of one person's: every signed address in their mails hangs on it."""

    __tablename__ = "concord_mails_keys"

    user_id: Mapped[UserId] = mapped_column(primary_key=True)
    secret: Mapped[str]


class TakenMail(Model):
    """A mail that came in, taken once: what became of it, without its words."""

    __tablename__ = "concord_mails_taken"

    id: Mapped[Identifier]
    digest: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(default=now)
    from_address: Mapped[str]
    outcome: Mapped[str]
    user_id: Mapped[UserId | None]
    record_id: Mapped[RecordId | None]
    entry_id: Mapped[int | None]

    __table_args__ = (Index("ix_concord_mails_taken_rate", "user_id", "record_id", "at"),)
