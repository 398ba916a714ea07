"""The article, its two states, and for whom it is written."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from concord.actors import Face
from concord.clock import now
from concord.database.base import BigId
from concord.records.models import Record


class State(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


class Readers(StrEnum):
    """Who reads an article once it is published. Staff read every one."""

    INTERNAL = "internal"
    CUSTOMERS = "customers"
    SUPPLIERS = "suppliers"
    ALL = "all"

    @classmethod
    def open_to(cls, face: Face) -> tuple["Readers", ...]:
        """The audiences that a face outside belongs to."""
        own = {Face.CUSTOMER: cls.CUSTOMERS, Face.SUPPLIER: cls.SUPPLIERS}.get(face)
        return (own, cls.ALL) if own is not None else ()


class Article(Record):
    """What somebody knows. Its owner is the author; `body` is Markdown, `space` a shelf."""

    __tablename__ = "knowledge_articles"

    id: Mapped[int] = mapped_column(BigId, ForeignKey("concord_records.id"), primary_key=True)
    body: Mapped[str] = mapped_column(default="")
    space: Mapped[str]
    audience: Mapped[str] = mapped_column(default=Readers.INTERNAL.value)
    state: Mapped[str] = mapped_column(default=State.DRAFT.value)
    published_at: Mapped[datetime | None]
    review_on: Mapped[date | None]

    __mapper_args__: dict[str, Any] = {"polymorphic_identity": "article"}
    __table_args__: Any = (
        Index("ix_knowledge_articles_space", "space", "id"),
        Index("ix_knowledge_articles_published", "audience", "published_at", "id"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published"),
    )

    @property
    def published(self) -> bool:
        return self.state == State.PUBLISHED

    def publish(self) -> None:
        self.state, self.published_at = State.PUBLISHED.value, now()

    def withdraw(self) -> None:
        self.state, self.published_at = State.DRAFT.value, None
