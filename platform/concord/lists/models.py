"""Views that people save of lists, and in which order each person has them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from concord.clock import now
from concord.database.base import Identifier, Model, UserId


class SavedView(Model):
    """A look at a list under a name. A shared one is everybody's to open, its owner's to change.

    `look` is plain JSON (`concord.lists.looks`); names in it that are gone are left out when read.
    """

    __tablename__ = "concord_views"

    id: Mapped[Identifier]
    list_key: Mapped[str]
    name: Mapped[str]
    owner_id: Mapped[UserId]
    is_shared: Mapped[bool] = mapped_column(default=False)
    look: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    __table_args__ = (
        Index("ix_concord_views_owner", "owner_id", "list_key"),
        Index("ix_concord_views_shared", "list_key", "is_shared"),
    )
    __mapper_args__: dict[str, Any] = {"version_id_col": version}


class ViewOrder(Model):
    """How one person has the views of one list: keys in their order, and the one opened first."""

    __tablename__ = "concord_view_orders"

    user_id: Mapped[UserId] = mapped_column(primary_key=True)
    list_key: Mapped[str] = mapped_column(primary_key=True)
    keys: Mapped[list[Any]] = mapped_column(default=list)
    first: Mapped[str | None]
