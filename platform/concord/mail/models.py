"""The mail row."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from concord.clock import now
from concord.database.base import Identifier, Model


class Mail(Model):
    """One mail to one address. Once sent, its text is gone: it may hold a link that signs in."""

    __tablename__ = "concord_mails"

    id: Mapped[Identifier]
    to_address: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str | None]
    message_id: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
