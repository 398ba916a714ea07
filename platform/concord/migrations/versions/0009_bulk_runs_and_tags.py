"""bulk runs and tags."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009_bulk_runs_and_tags"
down_revision = "0008_audit_seals"


def upgrade() -> None:
    op.create_table(
        "concord_tags",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("hue", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "made_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["concord_users.id"], name=op.f("fk_concord_tags_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_tags")),
        sa.UniqueConstraint("key", name=op.f("uq_concord_tags_key")),
    )
    op.create_table(
        "concord_bulk_items",
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column(
            "fields", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("along", sa.Boolean(), nullable=False),
        sa.Column("image", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_id"], ["concord_records.id"], name=op.f("fk_concord_bulk_items_record_id")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["concord_records.id"], name=op.f("fk_concord_bulk_items_run_id")
        ),
        sa.PrimaryKeyConstraint("run_id", "record_id", name=op.f("pk_concord_bulk_items")),
    )
    with op.batch_alter_table("concord_bulk_items", schema=None) as batch_op:
        batch_op.create_index(
            "ix_concord_bulk_items_reason", ["run_id", "reason", "record_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_concord_bulk_items_record_id"), ["record_id"], unique=False
        )
        batch_op.create_index(
            "ix_concord_bulk_items_state", ["run_id", "state", "record_id"], unique=False
        )

    op.create_table(
        "concord_bulk_runs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column(
            "values", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("held_because", sa.String(), nullable=True),
        sa.Column("total", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("refused", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("done", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("same", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("skipped", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("said", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("undoes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("told_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("token_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["id"], ["concord_records.id"], name=op.f("fk_concord_bulk_runs_id")
        ),
        sa.ForeignKeyConstraint(
            ["told_id"], ["concord_users.id"], name=op.f("fk_concord_bulk_runs_told_id")
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["concord_records.id"], name=op.f("fk_concord_bulk_runs_undoes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_bulk_runs")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_concord_bulk_runs_undoes_id")),
    )
    with op.batch_alter_table("concord_bulk_runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_concord_bulk_runs_told_id"), ["told_id"], unique=False)

    op.create_table(
        "concord_record_tags",
        sa.Column(
            "record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "tag_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("tagged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["concord_records.id"], name=op.f("fk_concord_record_tags_record_id")
        ),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["concord_tags.id"], name=op.f("fk_concord_record_tags_tag_id")
        ),
        sa.PrimaryKeyConstraint("record_id", "tag_id", name=op.f("pk_concord_record_tags")),
    )
    with op.batch_alter_table("concord_record_tags", schema=None) as batch_op:
        batch_op.create_index("ix_concord_record_tags_tag", ["tag_id", "record_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("concord_record_tags", schema=None) as batch_op:
        batch_op.drop_index("ix_concord_record_tags_tag")

    op.drop_table("concord_record_tags")
    with op.batch_alter_table("concord_bulk_runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_bulk_runs_told_id"))

    op.drop_table("concord_bulk_runs")
    with op.batch_alter_table("concord_bulk_items", schema=None) as batch_op:
        batch_op.drop_index("ix_concord_bulk_items_state")
        batch_op.drop_index(batch_op.f("ix_concord_bulk_items_record_id"))
        batch_op.drop_index("ix_concord_bulk_items_reason")

    op.drop_table("concord_bulk_items")
    op.drop_table("concord_tags")
