"""Jobs, mail, audit."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004_jobs_mail_audit"
down_revision = "0003_timelines"


def upgrade() -> None:
    op.create_table(
        "concord_audit",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("table", sa.String(), nullable=True),
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "changes", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_audit")),
    )
    with op.batch_alter_table("concord_audit", schema=None) as batch_op:
        batch_op.create_index("ix_concord_audit_row", ["table", "row_id"], unique=False)
    op.create_table(
        "concord_executors",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("process", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("beats", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_concord_executors")),
    )
    op.create_table(
        "concord_idempotency",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("request_hash", sa.String(), nullable=False),
        sa.Column("status", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "headers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_idempotency")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_concord_idempotency_key_hash")),
    )
    with op.batch_alter_table("concord_idempotency", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concord_idempotency_created_at"), ["created_at"], unique=False
        )
    op.create_table(
        "concord_job_marks",
        sa.Column("job_id", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_concord_job_marks")),
    )
    op.create_table(
        "concord_mails",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("to_address", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=True),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_mails")),
        sa.UniqueConstraint("message_id", name=op.f("uq_concord_mails_message_id")),
    )
    op.create_table(
        "concord_settings",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column(
            "value", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_concord_settings")),
    )


def downgrade() -> None:
    op.drop_table("concord_settings")
    op.drop_table("concord_mails")
    op.drop_table("concord_job_marks")
    with op.batch_alter_table("concord_idempotency", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_idempotency_created_at"))
    op.drop_table("concord_idempotency")
    op.drop_table("concord_executors")
    with op.batch_alter_table("concord_audit", schema=None) as batch_op:
        batch_op.drop_index("ix_concord_audit_row")
    op.drop_table("concord_audit")
