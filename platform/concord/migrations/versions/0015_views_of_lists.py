"""views of lists."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015_views_of_lists"
down_revision = "0014_file_versions"


def upgrade() -> None:
    op.create_table(
        "concord_view_orders",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("list_key", sa.String(), nullable=False),
        sa.Column("keys", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("first", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_view_orders_user_id")
        ),
        sa.PrimaryKeyConstraint("user_id", "list_key", name=op.f("pk_concord_view_orders")),
    )
    op.create_table(
        "concord_views",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("list_key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("look", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["concord_users.id"], name=op.f("fk_concord_views_owner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_views")),
    )
    with op.batch_alter_table("concord_views", schema=None) as batch_op:
        batch_op.create_index("ix_concord_views_owner", ["owner_id", "list_key"], unique=False)
        batch_op.create_index("ix_concord_views_shared", ["list_key", "is_shared"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("concord_views", schema=None) as batch_op:
        batch_op.drop_index("ix_concord_views_shared")
        batch_op.drop_index("ix_concord_views_owner")

    op.drop_table("concord_views")
    op.drop_table("concord_view_orders")
