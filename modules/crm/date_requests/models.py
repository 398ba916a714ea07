"""A request for dates and its lines: what is wanted when, and what the supplier answered."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from concord.database.base import BigId, Identifier, Model, RecordId, UserId
from concord.records.models import Record

OPEN, ANSWERED, CLOSED = STATES = ("open", "answered", "closed")
REASONS = ("material", "capacity", "transport", "quality", "other")


class DateRequest(Record):
    """Asked of the supplier in `company_id`. `about_id` is what it is for: never shown outside."""

    __tablename__ = "crm_date_requests"

    id: Mapped[int] = mapped_column(BigId, ForeignKey("concord_records.id"), primary_key=True)
    number: Mapped[str | None]
    about_id: Mapped[RecordId | None] = mapped_column(index=True)
    asked_by_id: Mapped[UserId | None]
    note: Mapped[str | None]
    state: Mapped[str] = mapped_column(default=OPEN)
    answer_by: Mapped[date | None]
    answered_at: Mapped[datetime | None]

    lines: Mapped[list["DateRequestLine"]] = relationship(
        order_by="DateRequestLine.position", cascade="all, delete-orphan", lazy="selectin"
    )

    __mapper_args__: dict[str, Any] = {
        "polymorphic_identity": "date_request",
        "inherit_condition": id == Record.id,
    }
    __table_args__: Any = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index("ix_crm_date_requests_state", "state", "id"),
    )

    @property
    def answered_lines(self) -> int:
        return sum(line.answered for line in self.lines)


class DateRequestLine(Model):
    """One thing wanted on one day. An answer keeps its day when it is asked for again."""

    __tablename__ = "crm_date_request_lines"

    id: Mapped[Identifier]
    request_id: Mapped[int] = mapped_column(BigId, ForeignKey("crm_date_requests.id"), index=True)
    position: Mapped[int]
    item: Mapped[str]
    quantity: Mapped[str | None]
    wanted_on: Mapped[date]
    answered_on: Mapped[date | None]
    reason: Mapped[str | None]
    remark: Mapped[str | None]
    answered_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint(f"reason IN {REASONS}", name="reason"),)

    @property
    def answered(self) -> bool:
        return self.answered_at is not None

    @property
    def days_late(self) -> int:
        """Days after the wanted day; negative when earlier, 0 without an answer."""
        return (self.answered_on - self.wanted_on).days if self.answered_on else 0
