"""A browser that somebody lets us ring."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from concord.clock import now
from concord.database.base import BigId, Identifier, Model, UserId


class PushSubscription(Model):
    """One browser of one person, as its push service gave it to us.

    It belongs to the session in which it was made: signing out there ends it.
    """

    __tablename__ = "concord_push_subscriptions"

    id: Mapped[Identifier]
    user_id: Mapped[UserId] = mapped_column(index=True)
    session_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("concord_sessions.id", ondelete="CASCADE"), index=True
    )
    endpoint: Mapped[str]
    endpoint_hash: Mapped[str] = mapped_column(unique=True)
    p256dh: Mapped[str]
    auth: Mapped[str]
    device: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
    rung_at: Mapped[datetime | None]
