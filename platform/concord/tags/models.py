"""The tag, and where it is."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from concord.clock import now
from concord.database.base import BigId, Identifier, Model, RecordId, SortText, UserId

HUES = 24
LONGEST = 40


class Tag(Model):
    """A word of the house. `key` is the name as it is compared; `hue` its colour."""

    __tablename__ = "concord_tags"

    id: Mapped[Identifier]
    name: Mapped[str]
    key: Mapped[str] = mapped_column(SortText, unique=True)
    hue: Mapped[int]
    made_by_id: Mapped[UserId | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class RecordTag(Model):
    """A tag on a record. Like watchers, tags are no part of the record's version."""

    __tablename__ = "concord_record_tags"

    record_id: Mapped[RecordId] = mapped_column(primary_key=True)
    tag_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("concord_tags.id"), primary_key=True, autoincrement=False
    )
    tagged_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (Index("ix_concord_record_tags_tag", "tag_id", "record_id"),)
