"""A file that is made, waits for its reader, and is deleted after a day."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from concord.clock import now
from concord.database.base import BigId, Identifier, Model, UserId


class Export(Model):
    """`asked` is the list's own query and the ids that were chosen; `groups` the field groups
    whose values the file holds: who has lost one of them no longer gets the file."""

    __tablename__ = "concord_exports"

    id: Mapped[Identifier]
    user_id: Mapped[UserId] = mapped_column(index=True)
    token_id: Mapped[int | None] = mapped_column(BigId)
    list_key: Mapped[str]
    format: Mapped[str]
    asked: Mapped[dict[str, Any]] = mapped_column(default=dict)
    groups: Mapped[list[Any]] = mapped_column(default=list)
    rows: Mapped[int] = mapped_column(default=0)
    key: Mapped[str | None]
    failed: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None] = mapped_column(index=True)
