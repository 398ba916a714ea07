"""Timelines."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003_timelines"
down_revision = "0002_ways_in"


def upgrade() -> None:
    op.create_table(
        "concord_inboxes",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unread", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_inboxes_user_id")
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_concord_inboxes")),
    )
    op.create_table(
        "concord_timeline_entries",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("actor_face", sa.String(), nullable=False),
        sa.Column(
            "actor_company_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("fact_type", sa.String(), nullable=False),
        sa.Column("fact_version", sa.SmallInteger(), nullable=False),
        sa.Column(
            "payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column(
            "record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("amends_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_company_id"],
            ["concord_records.id"],
            name=op.f("fk_concord_timeline_entries_actor_company_id"),
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["concord_users.id"], name=op.f("fk_concord_timeline_entries_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["amends_id"],
            ["concord_timeline_entries.id"],
            name=op.f("fk_concord_timeline_entries_amends_id"),
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["concord_records.id"],
            name=op.f("fk_concord_timeline_entries_record_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_timeline_entries")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("concord_timeline_entries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concord_timeline_entries_amends_id"), ["amends_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_concord_timeline_entries_record_id"), ["record_id"], unique=False
        )
    op.create_table(
        "concord_timeline_streams",
        sa.Column(
            "record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("audience", sa.SmallInteger(), nullable=False),
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["concord_records.id"],
            name=op.f("fk_concord_timeline_streams_record_id"),
        ),
        sa.PrimaryKeyConstraint(
            "record_id", "audience", "company_id", name=op.f("pk_concord_timeline_streams")
        ),
    )
    op.create_table(
        "concord_timeline_visits",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "company_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["concord_records.id"], name=op.f("fk_concord_timeline_visits_record_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_timeline_visits_user_id")
        ),
        sa.PrimaryKeyConstraint(
            "user_id", "record_id", "company_id", name=op.f("pk_concord_timeline_visits")
        ),
    )
    op.create_table(
        "concord_files",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "uploaded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "company_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("content_type", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("stored_key", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["concord_records.id"], name=op.f("fk_concord_files_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["concord_timeline_entries.id"], name=op.f("fk_concord_files_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["concord_users.id"], name=op.f("fk_concord_files_uploaded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_files")),
        sa.UniqueConstraint("stored_key", name=op.f("uq_concord_files_stored_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("concord_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_concord_files_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(
            "ix_concord_files_orphans",
            ["created_at"],
            unique=False,
            sqlite_where=sa.text("entry_id IS NULL"),
            postgresql_where=sa.text("entry_id IS NULL"),
        )
    op.create_table(
        "concord_notifications",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("face", sa.String(), nullable=False),
        sa.Column(
            "company_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("fact_type", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("count", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "actors", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["concord_records.id"], name=op.f("fk_concord_notifications_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["concord_timeline_entries.id"],
            name=op.f("fk_concord_notifications_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["concord_records.id"], name=op.f("fk_concord_notifications_record_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_notifications_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_notifications")),
    )
    with op.batch_alter_table("concord_notifications", schema=None) as batch_op:
        batch_op.create_index(
            "ix_concord_notifications_inbox",
            ["user_id", sa.literal_column("position DESC")],
            unique=True,
        )
        batch_op.create_index(
            "ix_concord_notifications_unread",
            ["user_id", "record_id", "fact_type"],
            unique=False,
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )
    op.create_table(
        "concord_timeline_links",
        sa.Column(
            "record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("audience", sa.SmallInteger(), nullable=False),
        sa.Column(
            "company_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "audience_position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("field_group", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["concord_records.id"],
            name=op.f("fk_concord_timeline_links_company_id"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["concord_timeline_entries.id"],
            name=op.f("fk_concord_timeline_links_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["concord_records.id"], name=op.f("fk_concord_timeline_links_record_id")
        ),
        sa.PrimaryKeyConstraint("record_id", "position", name=op.f("pk_concord_timeline_links")),
    )
    with op.batch_alter_table("concord_timeline_links", schema=None) as batch_op:
        batch_op.create_index(
            "ix_concord_timeline_links_audience",
            ["record_id", "company_id", "audience", sa.literal_column("audience_position DESC")],
            unique=True,
            sqlite_where=sa.text("audience <> 0"),
            postgresql_where=sa.text("audience <> 0"),
        )
        batch_op.create_index(
            batch_op.f("ix_concord_timeline_links_entry_id"), ["entry_id"], unique=False
        )
        batch_op.create_index(
            "ix_concord_timeline_links_groups",
            ["record_id", "position"],
            unique=False,
            sqlite_where=sa.text("field_group IS NOT NULL"),
            postgresql_where=sa.text("field_group IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_concord_timeline_links_shared",
            ["company_id", "audience", "entry_id"],
            unique=False,
            sqlite_where=sa.text("audience <> 0"),
            postgresql_where=sa.text("audience <> 0"),
        )


def downgrade() -> None:
    with op.batch_alter_table("concord_timeline_links", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_concord_timeline_links_shared",
            sqlite_where=sa.text("audience <> 0"),
            postgresql_where=sa.text("audience <> 0"),
        )
        batch_op.drop_index(
            "ix_concord_timeline_links_groups",
            sqlite_where=sa.text("field_group IS NOT NULL"),
            postgresql_where=sa.text("field_group IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_concord_timeline_links_entry_id"))
        batch_op.drop_index(
            "ix_concord_timeline_links_audience",
            sqlite_where=sa.text("audience <> 0"),
            postgresql_where=sa.text("audience <> 0"),
        )
    op.drop_table("concord_timeline_links")
    with op.batch_alter_table("concord_notifications", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_concord_notifications_unread",
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )
        batch_op.drop_index("ix_concord_notifications_inbox")
    op.drop_table("concord_notifications")
    with op.batch_alter_table("concord_files", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_concord_files_orphans",
            sqlite_where=sa.text("entry_id IS NULL"),
            postgresql_where=sa.text("entry_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_concord_files_entry_id"))
    op.drop_table("concord_files")
    op.drop_table("concord_timeline_visits")
    op.drop_table("concord_timeline_streams")
    with op.batch_alter_table("concord_timeline_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_timeline_entries_record_id"))
        batch_op.drop_index(batch_op.f("ix_concord_timeline_entries_amends_id"))
    op.drop_table("concord_timeline_entries")
    op.drop_table("concord_inboxes")
