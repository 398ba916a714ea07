"""exports."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012_exports"
down_revision = "0011_being_told"


def upgrade() -> None:
    op.create_table(
        "concord_exports",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("list_key", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column(
            "asked", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "groups", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("rows", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_exports_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_exports")),
    )
    with op.batch_alter_table("concord_exports", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concord_exports_expires_at"), ["expires_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_concord_exports_user_id"), ["user_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("concord_exports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_exports_user_id"))
        batch_op.drop_index(batch_op.f("ix_concord_exports_expires_at"))

    op.drop_table("concord_exports")
