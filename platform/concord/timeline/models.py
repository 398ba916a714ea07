"""The fact, stored once, and its places on the timelines of the records it concerns."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from concord.database.base import BigId, Identifier, Model, RecordId, UserId


class Entry(Model):
    """Who did what, when. The payload keeps titles as they were then."""

    __tablename__ = "concord_timeline_entries"

    id: Mapped[Identifier]
    at: Mapped[datetime]
    actor_id: Mapped[UserId | None]
    actor_name: Mapped[str]
    actor_face: Mapped[str]
    actor_company_id: Mapped[RecordId | None]
    kind: Mapped[str]
    fact_type: Mapped[str]
    fact_version: Mapped[int] = mapped_column(SmallInteger)
    payload: Mapped[dict[str, Any]]
    body: Mapped[str | None]
    record_id: Mapped[RecordId] = mapped_column(index=True)
    amends_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("concord_timeline_entries.id"), index=True
    )
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = ({"sqlite_autoincrement": True},)


class TimelineLink(Model):
    """An entry on one record's timeline.

    `position` counts the staff stream; `audience_position` the stream of the company that reads
    it, each without gaps and in commit order. `audience` and `company_id` never change.
    """

    __tablename__ = "concord_timeline_links"

    record_id: Mapped[RecordId] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("concord_timeline_entries.id"), index=True
    )
    audience: Mapped[int] = mapped_column(SmallInteger)
    company_id: Mapped[RecordId | None]
    audience_position: Mapped[int | None]
    field_group: Mapped[str | None]

    __table_args__ = (
        Index(
            "ix_concord_timeline_links_audience",
            "record_id",
            "company_id",
            "audience",
            text("audience_position DESC"),
            unique=True,
            sqlite_where=text("audience <> 0"),
            postgresql_where=text("audience <> 0"),
        ),
        Index(
            "ix_concord_timeline_links_groups",
            "record_id",
            "position",
            sqlite_where=text("field_group IS NOT NULL"),
            postgresql_where=text("field_group IS NOT NULL"),
        ),
        Index(
            "ix_concord_timeline_links_shared",
            "company_id",
            "audience",
            "entry_id",
            sqlite_where=text("audience <> 0"),
            postgresql_where=text("audience <> 0"),
        ),
    )


class Stream(Model):
    """A position counter: one per record for staff, one per record, audience and company.

    Counting each company's stream apart means that nobody learns from a gap that something was
    said to somebody else.
    """

    __tablename__ = "concord_timeline_streams"

    record_id: Mapped[RecordId] = mapped_column(primary_key=True)
    audience: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    company_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    position: Mapped[int]


class LastVisit(Model):
    """How far somebody has read one record's stream: what is newer is new since the last visit."""

    __tablename__ = "concord_timeline_visits"

    user_id: Mapped[UserId] = mapped_column(primary_key=True)
    record_id: Mapped[RecordId] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    position: Mapped[int]
    at: Mapped[datetime]
