"""webhooks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016_webhooks"
down_revision = "0015_views_of_lists"


def upgrade() -> None:
    op.create_table(
        "concord_webhooks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column(
            "events", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "scopes", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("former_secret", sa.String(), nullable=True),
        sa.Column("former_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_for", sa.String(), nullable=True),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["id"], ["concord_records.id"], name=op.f("fk_concord_webhooks_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_webhooks")),
    )
    op.create_table(
        "concord_webhook_deliveries",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "webhook_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "tries", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "milliseconds", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["concord_timeline_entries.id"],
            name=op.f("fk_concord_webhook_deliveries_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["concord_records.id"],
            name=op.f("fk_concord_webhook_deliveries_record_id"),
        ),
        sa.ForeignKeyConstraint(
            ["webhook_id"],
            ["concord_webhooks.id"],
            name=op.f("fk_concord_webhook_deliveries_webhook_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_webhook_deliveries")),
        sa.UniqueConstraint("message_id", name=op.f("uq_concord_webhook_deliveries_message_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("concord_webhook_deliveries", schema=None) as batch_op:
        batch_op.create_index("ix_concord_webhook_deliveries_created", ["created_at"], unique=False)
        batch_op.create_index(
            "ix_concord_webhook_deliveries_due",
            ["webhook_id", "next_at"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index(
            "ix_concord_webhook_deliveries_log", ["webhook_id", "id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("concord_webhook_deliveries", schema=None) as batch_op:
        batch_op.drop_index("ix_concord_webhook_deliveries_log")
        batch_op.drop_index(
            "ix_concord_webhook_deliveries_due",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index("ix_concord_webhook_deliveries_created")

    op.drop_table("concord_webhook_deliveries")
    op.drop_table("concord_webhooks")
