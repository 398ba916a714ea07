"""People and records."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001_people_and_records"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "concord_access_epoch",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("epoch", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_access_epoch")),
    )
    op.create_table(
        "concord_roles",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("face", sa.String(), nullable=False),
        sa.Column(
            "grants", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "field_groups", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "known", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_roles")),
        sa.UniqueConstraint("key", name=op.f("uq_concord_roles_key")),
    )
    op.create_table(
        "concord_teams",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_teams")),
        sa.UniqueConstraint("name", name=op.f("uq_concord_teams_name")),
    )
    op.create_table(
        "concord_users",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "sort_key",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("is_staff", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id"], ["concord_teams.id"], name=op.f("fk_concord_users_team_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_users")),
        sa.UniqueConstraint("email", name=op.f("uq_concord_users_email")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("concord_users", schema=None) as batch_op:
        batch_op.create_index("ix_concord_users_list", ["is_staff", "sort_key", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_concord_users_team_id"), ["team_id"], unique=False)
    op.create_table(
        "concord_records",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "sort_key",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "company_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["concord_records.id"], name=op.f("fk_concord_records_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["concord_users.id"], name=op.f("fk_concord_records_owner_id")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["concord_teams.id"], name=op.f("fk_concord_records_team_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_records")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("concord_records", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concord_records_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index("ix_concord_records_list", ["kind", "sort_key", "id"], unique=False)
        batch_op.create_index(
            "ix_concord_records_owner", ["owner_id", "kind", "sort_key", "id"], unique=False
        )
        batch_op.create_index(
            "ix_concord_records_team", ["team_id", "kind", "sort_key", "id"], unique=False
        )
    op.create_table(
        "concord_user_roles",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["role_id"], ["concord_roles.id"], name=op.f("fk_concord_user_roles_role_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_user_roles_user_id")
        ),
        sa.PrimaryKeyConstraint("user_id", "role_id", name=op.f("pk_concord_user_roles")),
    )
    op.create_table(
        "concord_parties",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_customer", sa.Boolean(), nullable=False),
        sa.Column("is_supplier", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["concord_records.id"], name=op.f("fk_concord_parties_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_parties")),
    )
    with op.batch_alter_table("concord_parties", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concord_parties_is_customer"), ["is_customer"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_concord_parties_is_supplier"), ["is_supplier"], unique=False
        )
    op.create_table(
        "concord_portal_memberships",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "company_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("face", sa.String(), nullable=False),
        sa.Column("is_administrator", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "face IN ('customer', 'supplier')", name=op.f("ck_concord_portal_memberships_face")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["concord_records.id"],
            name=op.f("fk_concord_portal_memberships_company_id"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_portal_memberships_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_portal_memberships")),
        sa.UniqueConstraint(
            "user_id",
            "company_id",
            "face",
            name=op.f("uq_concord_portal_memberships_user_id_company_id_face"),
        ),
    )
    with op.batch_alter_table("concord_portal_memberships", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concord_portal_memberships_company_id"), ["company_id"], unique=False
        )
    op.create_table(
        "concord_record_members",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("can_write", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(user_id IS NULL) <> (team_id IS NULL)",
            name=op.f("ck_concord_record_members_user_or_team"),
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["concord_records.id"], name=op.f("fk_concord_record_members_record_id")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["concord_teams.id"], name=op.f("fk_concord_record_members_team_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_record_members_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_record_members")),
    )
    with op.batch_alter_table("concord_record_members", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concord_record_members_record_id"), ["record_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_concord_record_members_team_id"), ["team_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_concord_record_members_user_id"), ["user_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("concord_record_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_record_members_user_id"))
        batch_op.drop_index(batch_op.f("ix_concord_record_members_team_id"))
        batch_op.drop_index(batch_op.f("ix_concord_record_members_record_id"))
    op.drop_table("concord_record_members")
    with op.batch_alter_table("concord_portal_memberships", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_portal_memberships_company_id"))
    op.drop_table("concord_portal_memberships")
    with op.batch_alter_table("concord_parties", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_parties_is_supplier"))
        batch_op.drop_index(batch_op.f("ix_concord_parties_is_customer"))
    op.drop_table("concord_parties")
    op.drop_table("concord_user_roles")
    with op.batch_alter_table("concord_records", schema=None) as batch_op:
        batch_op.drop_index("ix_concord_records_team")
        batch_op.drop_index("ix_concord_records_owner")
        batch_op.drop_index("ix_concord_records_list")
        batch_op.drop_index(batch_op.f("ix_concord_records_company_id"))
    op.drop_table("concord_records")
    with op.batch_alter_table("concord_users", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_users_team_id"))
        batch_op.drop_index("ix_concord_users_list")
    op.drop_table("concord_users")
    op.drop_table("concord_teams")
    op.drop_table("concord_roles")
    op.drop_table("concord_access_epoch")
