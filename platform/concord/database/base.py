"""The base of every table and the house vocabulary of column types."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import BigInteger, Date, DateTime, Dialect, ForeignKey, Integer, MetaData, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import JSON, TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored and read in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


# SQLite gives ids by AUTOINCREMENT only to a column declared exactly INTEGER.
BigId = BigInteger().with_variant(Integer(), "sqlite")
Json = JSON().with_variant(JSONB(), "postgresql")
# Sort keys compare byte by byte on both engines.
SortText = String().with_variant(String(collation="C"), "postgresql")

Identifier = Annotated[int, mapped_column(BigId, primary_key=True, autoincrement=True)]
RecordId = Annotated[int, mapped_column(BigId, ForeignKey("concord_records.id"))]
# A text of concord.keyring: renewing the keys finds it, and audit never keeps it.
Sealed = Annotated[str, mapped_column(info={"sealed": True})]
UserId = Annotated[int, mapped_column(BigId, ForeignKey("concord_users.id"))]


class Model(DeclarativeBase):
    """Every table of the product; tables carry their owner's prefix.

    `named_by` are the columns by which the audit names a row of a table that is no record's.
    """

    named_by: ClassVar[tuple[str, ...]] = ()

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {
        int: BigId,
        datetime: UtcDateTime(),
        date: Date(),
        str: String(),
        dict[str, Any]: Json,
        list[Any]: Json,
    }
