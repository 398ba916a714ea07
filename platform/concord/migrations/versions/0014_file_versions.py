"""File versions."""

import sqlalchemy as sa
from alembic import op

revision = "0014_file_versions"
down_revision = "0013_search"


def upgrade() -> None:
    op.create_table(
        "concord_file_versions",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("content_type", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("stored_key", sa.String(), nullable=False),
        sa.Column("checked", sa.String(), nullable=False),
        sa.Column(
            "made_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("made_by_name", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "restored_from", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["concord_files.id"], name=op.f("fk_concord_file_versions_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["concord_users.id"], name=op.f("fk_concord_file_versions_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_file_versions")),
        sa.UniqueConstraint(
            "file_id", "number", name=op.f("uq_concord_file_versions_file_id_number")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("concord_file_versions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concord_file_versions_stored_key"), ["stored_key"], unique=False
        )

    with op.batch_alter_table("concord_files", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "sort_key",
                sa.String().with_variant(sa.String(collation="C"), "postgresql"),
                server_default="",
                nullable=False,
            )
        )
        batch_op.add_column(
            sa.Column("checked", sa.String(), server_default="clean", nullable=False)
        )
        batch_op.add_column(
            sa.Column(
                "version",
                sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                server_default="1",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))

    # Good enough for what is there: new files have a key that reads Chinese as pinyin.
    op.execute("UPDATE concord_files SET sort_key = lower(name)")


def downgrade() -> None:
    with op.batch_alter_table("concord_files", schema=None) as batch_op:
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("version")
        batch_op.drop_column("checked")
        batch_op.drop_column("sort_key")

    with op.batch_alter_table("concord_file_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_file_versions_stored_key"))

    op.drop_table("concord_file_versions")
