"""The audit row, and what seals it. Only sealing adds to a row, only erasing takes from it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from concord.clock import now
from concord.database.base import BigId, Identifier, Model, Sealed

NAMED = "named"
"""Among the changes, what the row was called then: the values of the columns that name it."""


class AuditRow(Model):
    """Who did what to which row, with the changed columns before and after.

    Sealed rows have a `sequence`, without gaps, and a `seal` over it, the seal before, what is
    plain here, and two salted digests: of who it was (`actor_name`, `address`) and of `changes`.
    Erasing a person empties a side and its salt; the digest stays, so the chain still holds.
    """

    __tablename__ = "concord_audit"

    id: Mapped[Identifier]
    at: Mapped[datetime] = mapped_column(default=now)
    actor_id: Mapped[int | None]
    actor_name: Mapped[str]
    action: Mapped[str]
    table: Mapped[str | None]
    row_id: Mapped[int | None]
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    request_id: Mapped[str | None]
    address: Mapped[str | None]
    sequence: Mapped[int | None] = mapped_column(unique=True)
    who_salt: Mapped[str | None]
    who_digest: Mapped[str | None]
    what_salt: Mapped[str | None]
    what_digest: Mapped[str | None]
    seal: Mapped[str | None]

    __table_args__ = (
        Index("ix_concord_audit_row", "table", "row_id"),
        Index("ix_concord_audit_at", "at", "id"),
        Index("ix_concord_audit_actor", "actor_id", "at", "id"),
        Index(
            "ix_concord_audit_unsealed",
            "id",
            sqlite_where=text("sequence IS NULL"),
            postgresql_where=text("sequence IS NULL"),
        ),
    )


class AuditKey(Model):
    """The one key of the seals, itself sealed under the keys of the data folder.

    Whoever seals locks it, so that rows are chained by one after the other.
    """

    __tablename__ = "concord_audit_keys"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    key: Mapped[Sealed]
