"""Answers kept so that a request sent twice is done once."""

from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from concord.database.base import Identifier, Model


class Idempotency(Model):
    """One keyed request and its answer, for a day. Written in the transaction of its effect."""

    __tablename__ = "concord_idempotency"

    id: Mapped[Identifier]
    key_hash: Mapped[str] = mapped_column(unique=True)
    request_hash: Mapped[str]
    status: Mapped[int]
    headers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    body: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    created_at: Mapped[datetime] = mapped_column(index=True)
