"""The row behind a file. Its content lies in the data folder under a key that the server made."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from concord.clock import now
from concord.database.base import BigId, Identifier, Model, RecordId, UserId


class File(Model):
    """An upload. Until `entry_id` is set only its uploader knows it; after a day it is swept.

    `company_id` is the company the uploader acted for: somebody who acts for two companies does
    not carry a file from one to the other. `size` is in bytes.
    """

    __tablename__ = "concord_files"

    id: Mapped[Identifier]
    entry_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("concord_timeline_entries.id"), index=True
    )
    uploaded_by_id: Mapped[UserId]
    company_id: Mapped[RecordId | None]
    name: Mapped[str]
    size: Mapped[int]
    content_type: Mapped[str]
    sha256: Mapped[str]
    stored_key: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    attached_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "ix_concord_files_orphans",
            "created_at",
            sqlite_where=text("entry_id IS NULL"),
            postgresql_where=text("entry_id IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )
