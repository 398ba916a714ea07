"""The row behind a file. Its content lies in the storage under a key that the server made."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from concord.clock import now
from concord.database.base import BigId, Identifier, Model, RecordId, SortText, UserId

CLEAN, WAITING, INFECTED = "clean", "waiting", "infected"


class File(Model):
    """An upload. Until `entry_id` is set only its uploader knows it; after a day it is swept.

    `company_id` is the company the uploader acted for: somebody who acts for two companies does
    not carry a file from one to the other. `size` is in bytes. The columns from `name` on are
    those of its current version; `checked` says what the virus scan found in it.
    """

    __tablename__ = "concord_files"

    id: Mapped[Identifier]
    entry_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("concord_timeline_entries.id"), index=True
    )
    uploaded_by_id: Mapped[UserId]
    company_id: Mapped[RecordId | None]
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(SortText, default="", server_default="")
    size: Mapped[int]
    content_type: Mapped[str]
    sha256: Mapped[str]
    stored_key: Mapped[str] = mapped_column(unique=True)
    checked: Mapped[str] = mapped_column(default=CLEAN, server_default=CLEAN)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime] = mapped_column(default=now)
    attached_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "ix_concord_files_orphans",
            "created_at",
            sqlite_where=text("entry_id IS NULL"),
            postgresql_where=text("entry_id IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )


class FileVersion(Model):
    """One state of a file that has had several: the first is written with the second.

    A version that was brought back is a new one with the content of the old.
    """

    __tablename__ = "concord_file_versions"

    id: Mapped[Identifier]
    file_id: Mapped[int] = mapped_column(BigId, ForeignKey("concord_files.id"))
    number: Mapped[int]
    name: Mapped[str]
    size: Mapped[int]
    content_type: Mapped[str]
    sha256: Mapped[str]
    stored_key: Mapped[str] = mapped_column(index=True)
    checked: Mapped[str]
    made_by_id: Mapped[UserId]
    made_by_name: Mapped[str]
    made_at: Mapped[datetime]
    restored_from: Mapped[int | None]

    __table_args__ = (UniqueConstraint("file_id", "number"), {"sqlite_autoincrement": True})
