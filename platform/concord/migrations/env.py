"""What Alembic runs for each command: our tables only, one transaction for each migration."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Column, Connection
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine

from concord.database.base import Model
from concord.migrations.state import VERSION_TABLE

connection: Connection = context.config.attributes["connection"]

# SQLite does not tell the order or expression of an index: PostgreSQL does, and is compared too.
UNTOLD = {
    index.name
    for table in Model.metadata.tables.values()
    for index in table.indexes
    if connection.dialect.name == "sqlite"
    and not all(isinstance(expression, Column) for expression in index.expressions)
}


def is_ours(_object: Any, name: str | None, kind: str, is_reflected: bool, _compared: Any) -> bool:
    """DBOS keeps its tables in the same database and looks after them itself."""
    if kind == "index":
        return name not in UNTOLD
    return not (kind == "table" and is_reflected and name not in Model.metadata.tables)


def render(kind: str, item: Any, autogenerate: AutogenContext) -> str | Literal[False]:
    """A migration names the type that the database sees: it must mean the same in ten years."""
    if kind == "type" and isinstance(item, TypeDecorator):
        stored: TypeEngine[Any] = item.impl_instance
        return f"sa.{stored!r}"
    if kind == "type" and isinstance(item, JSON):
        autogenerate.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


context.configure(
    connection=connection,
    target_metadata=Model.metadata,
    version_table=VERSION_TABLE,
    include_object=is_ours,
    render_item=render,
    compare_type=True,
    render_as_batch=True,
    # SQLite too, with the BEGIN that our engine sends.
    transactional_ddl=True,
    transaction_per_migration=True,
    on_version_apply=context.config.attributes.get("on_version_apply"),
)

with context.begin_transaction():
    context.run_migrations()
