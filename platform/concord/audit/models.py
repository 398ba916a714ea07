"""The audit row. Sealing (issue 3) adds to it; nothing here is ever changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from concord.clock import now
from concord.database.base import Identifier, Model


class AuditRow(Model):
    """Who did what to which row, with the changed columns before and after."""

    __tablename__ = "concord_audit"

    id: Mapped[Identifier]
    at: Mapped[datetime] = mapped_column(default=now)
    actor_id: Mapped[int | None]
    actor_name: Mapped[str]
    action: Mapped[str]
    table: Mapped[str | None]
    row_id: Mapped[int | None]
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    request_id: Mapped[str | None]
    address: Mapped[str | None]

    __table_args__ = (Index("ix_concord_audit_row", "table", "row_id"),)
