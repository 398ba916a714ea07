"""The spine every business object hangs on, and who works on it beside its owner."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, event, text
from sqlalchemy.orm import Mapped, mapped_column

from concord.clock import now
from concord.database.base import BigId, Identifier, Model, RecordId, SortText, UserId
from concord.records.sorting import sort_key


class Record(Model):
    """One business object: its primary key is the id of every part of it.

    Nouns inherit from it (joined tables). `version` rises with each change of the record or its
    parts and is what If-Match and stale forms are compared with.
    """

    __tablename__ = "concord_records"

    id: Mapped[Identifier]
    kind: Mapped[str]
    title: Mapped[str]
    sort_key: Mapped[str] = mapped_column(SortText)
    owner_id: Mapped[UserId | None]
    team_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("concord_teams.id"))
    company_id: Mapped[RecordId | None] = mapped_column(index=True)
    archived_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    __table_args__ = (
        Index("ix_concord_records_list", "kind", "sort_key", "id"),
        Index("ix_concord_records_owner", "owner_id", "kind", "sort_key", "id"),
        Index("ix_concord_records_team", "team_id", "kind", "sort_key", "id"),
        Index(
            "ix_concord_records_archived",
            "kind",
            "sort_key",
            "id",
            sqlite_where=text("archived_at IS NOT NULL"),
            postgresql_where=text("archived_at IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},
    )
    __mapper_args__: dict[str, Any] = {
        "polymorphic_on": "kind",
        "version_id_col": version,
    }

    @property
    def archived(self) -> bool:
        return self.archived_at is not None


@event.listens_for(Record, "before_insert", propagate=True)
@event.listens_for(Record, "before_update", propagate=True)
def _keep_sort_key(_mapper: Any, _connection: Any, record: Record) -> None:
    key = sort_key(record.title)
    if record.sort_key != key:
        record.sort_key = key


class RecordMember(Model):
    """A colleague or a team that works on a record without owning it."""

    __tablename__ = "concord_record_members"

    id: Mapped[Identifier]
    record_id: Mapped[RecordId] = mapped_column(index=True)
    user_id: Mapped[UserId | None] = mapped_column(index=True)
    team_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("concord_teams.id"), index=True)
    can_write: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        CheckConstraint("(user_id IS NULL) <> (team_id IS NULL)", name="user_or_team"),
    )
