"""The company, as far as the platform itself must know it; a module adds the rest."""

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from concord.database.base import BigId
from concord.records.models import Record


class Party(Record):
    """A company that buys, supplies, or both. Its `title` is its name."""

    __tablename__ = "concord_parties"

    id: Mapped[int] = mapped_column(BigId, ForeignKey("concord_records.id"), primary_key=True)
    is_customer: Mapped[bool] = mapped_column(default=False, index=True)
    is_supplier: Mapped[bool] = mapped_column(default=False, index=True)

    __mapper_args__: dict[str, Any] = {
        "polymorphic_abstract": True,
        "inherit_condition": id == Record.id,
    }
