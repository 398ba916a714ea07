"""house."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001_house"
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
        "concord_settings",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column(
            "value", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_concord_settings")),
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
        "concord_throttles",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("window_started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_concord_throttles")),
    )
    with op.batch_alter_table("concord_throttles", schema=None) as batch_op:
        batch_op.create_index("ix_concord_throttles_window", ["window_started_at"], unique=False)

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
        "concord_email_changes",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("old_email", sa.String(), nullable=False),
        sa.Column("new_email", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_email_changes_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_email_changes")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_concord_email_changes_token_hash")),
    )
    with op.batch_alter_table("concord_email_changes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concord_email_changes_user_id"), ["user_id"], unique=False
        )

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
        "concord_password_resets",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_password_resets_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_password_resets")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_concord_password_resets_token_hash")),
    )
    with op.batch_alter_table("concord_password_resets", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concord_password_resets_user_id"), ["user_id"], unique=False
        )

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
        "concord_invitations",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_staff", sa.Boolean(), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "role_keys", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "company_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("face", sa.String(), nullable=True),
        sa.Column("is_administrator", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column(
            "invited_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["concord_records.id"], name=op.f("fk_concord_invitations_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"],
            ["concord_users.id"],
            name=op.f("fk_concord_invitations_invited_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["concord_teams.id"], name=op.f("fk_concord_invitations_team_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_concord_invitations_token_hash")),
    )
    with op.batch_alter_table("concord_invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_concord_invitations_email"), ["email"], unique=False)

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
        "crm_contacts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("job_title", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("importance", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("birthday", sa.Date(), nullable=True),
        sa.Column(
            "custom", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("phone_key", sa.String(), nullable=True),
        sa.Column("email_key", sa.String(), nullable=True),
        sa.CheckConstraint(
            "importance IN ('key', 'normal', 'minor')", name=op.f("ck_crm_contacts_importance")
        ),
        sa.CheckConstraint(
            "role IN ('decider', 'influencer', 'user', 'buyer', 'gatekeeper')",
            name=op.f("ck_crm_contacts_role"),
        ),
        sa.ForeignKeyConstraint(["id"], ["concord_records.id"], name=op.f("fk_crm_contacts_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_contacts")),
    )
    with op.batch_alter_table("crm_contacts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crm_contacts_email_key"), ["email_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_crm_contacts_phone_key"), ["phone_key"], unique=False)

    op.create_table(
        "crm_date_requests",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("about_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "asked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'answered', 'closed')", name=op.f("ck_crm_date_requests_state")
        ),
        sa.ForeignKeyConstraint(
            ["about_id"], ["concord_records.id"], name=op.f("fk_crm_date_requests_about_id")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["concord_users.id"], name=op.f("fk_crm_date_requests_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["concord_records.id"], name=op.f("fk_crm_date_requests_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_date_requests")),
    )
    with op.batch_alter_table("crm_date_requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_crm_date_requests_about_id"), ["about_id"], unique=False
        )
        batch_op.create_index("ix_crm_date_requests_state", ["state", "id"], unique=False)

    op.create_table(
        "knowledge_articles",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("space", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)",
            name=op.f("ck_knowledge_articles_published"),
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["concord_records.id"], name=op.f("fk_knowledge_articles_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_knowledge_articles")),
    )
    with op.batch_alter_table("knowledge_articles", schema=None) as batch_op:
        batch_op.create_index(
            "ix_knowledge_articles_published", ["audience", "published_at", "id"], unique=False
        )
        batch_op.create_index("ix_knowledge_articles_space", ["space", "id"], unique=False)

    op.create_table(
        "tasks_tasks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("about_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state = 'done') = (done_at IS NOT NULL)", name=op.f("ck_tasks_tasks_done")
        ),
        sa.CheckConstraint("due_on IS NULL OR due_at IS NOT NULL", name=op.f("ck_tasks_tasks_due")),
        sa.ForeignKeyConstraint(
            ["about_id"], ["concord_records.id"], name=op.f("fk_tasks_tasks_about_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["concord_users.id"], name=op.f("fk_tasks_tasks_created_by_id")
        ),
        sa.ForeignKeyConstraint(["id"], ["concord_records.id"], name=op.f("fk_tasks_tasks_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks_tasks")),
    )
    with op.batch_alter_table("tasks_tasks", schema=None) as batch_op:
        batch_op.create_index("ix_tasks_tasks_about", ["about_id", "state"], unique=False)
        batch_op.create_index(
            "ix_tasks_tasks_done", [sa.literal_column("done_at DESC"), "id"], unique=False
        )
        batch_op.create_index(
            "ix_tasks_tasks_open",
            ["due_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "concord_api_tokens",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "membership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "scopes", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["concord_portal_memberships.id"],
            name=op.f("fk_concord_api_tokens_membership_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_api_tokens_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_api_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_concord_api_tokens_token_hash")),
    )
    with op.batch_alter_table("concord_api_tokens", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concord_api_tokens_user_id"), ["user_id"], unique=False
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
        "concord_sessions",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "membership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["concord_portal_memberships.id"],
            name=op.f("fk_concord_sessions_membership_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_sessions_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_concord_sessions_token_hash")),
    )
    with op.batch_alter_table("concord_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_concord_sessions_user_id"), ["user_id"], unique=False)

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

    op.create_table(
        "crm_companies",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("website", sa.String(), nullable=True),
        sa.Column("industry", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("employees", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("customer_since", sa.Date(), nullable=True),
        sa.Column(
            "credit_limit_minor",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("credit_limit_currency", sa.String(length=3), nullable=True),
        sa.Column(
            "payment_terms_days",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column(
            "custom", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("phone_key", sa.String(), nullable=True),
        sa.Column("email_key", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state IN ('prospect', 'active', 'dormant', 'former')",
            name=op.f("ck_crm_companies_state"),
        ),
        sa.CheckConstraint(
            "tier IN ('gold', 'silver', 'bronze', 'none')", name=op.f("ck_crm_companies_tier")
        ),
        sa.CheckConstraint(
            "(credit_limit_minor IS NULL) = (credit_limit_currency IS NULL)",
            name=op.f("ck_crm_companies_credit_limit"),
        ),
        sa.ForeignKeyConstraint(["id"], ["concord_parties.id"], name=op.f("fk_crm_companies_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_companies")),
    )
    with op.batch_alter_table("crm_companies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crm_companies_email_key"), ["email_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_crm_companies_name_key"), ["name_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_crm_companies_phone_key"), ["phone_key"], unique=False)

    op.create_table(
        "crm_date_request_lines",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("quantity", sa.String(), nullable=True),
        sa.Column("wanted_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "reason IN ('material', 'capacity', 'transport', 'quality', 'other')",
            name=op.f("ck_crm_date_request_lines_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["crm_date_requests.id"],
            name=op.f("fk_crm_date_request_lines_request_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_date_request_lines")),
    )
    with op.batch_alter_table("crm_date_request_lines", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_crm_date_request_lines_request_id"), ["request_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("crm_date_request_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_date_request_lines_request_id"))

    op.drop_table("crm_date_request_lines")
    with op.batch_alter_table("crm_companies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_companies_phone_key"))
        batch_op.drop_index(batch_op.f("ix_crm_companies_name_key"))
        batch_op.drop_index(batch_op.f("ix_crm_companies_email_key"))

    op.drop_table("crm_companies")
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
    with op.batch_alter_table("concord_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_sessions_user_id"))

    op.drop_table("concord_sessions")
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
    with op.batch_alter_table("concord_api_tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_api_tokens_user_id"))

    op.drop_table("concord_api_tokens")
    with op.batch_alter_table("tasks_tasks", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_tasks_tasks_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index("ix_tasks_tasks_done")
        batch_op.drop_index("ix_tasks_tasks_about")

    op.drop_table("tasks_tasks")
    with op.batch_alter_table("knowledge_articles", schema=None) as batch_op:
        batch_op.drop_index("ix_knowledge_articles_space")
        batch_op.drop_index("ix_knowledge_articles_published")

    op.drop_table("knowledge_articles")
    with op.batch_alter_table("crm_date_requests", schema=None) as batch_op:
        batch_op.drop_index("ix_crm_date_requests_state")
        batch_op.drop_index(batch_op.f("ix_crm_date_requests_about_id"))

    op.drop_table("crm_date_requests")
    with op.batch_alter_table("crm_contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_contacts_phone_key"))
        batch_op.drop_index(batch_op.f("ix_crm_contacts_email_key"))

    op.drop_table("crm_contacts")
    op.drop_table("concord_timeline_visits")
    op.drop_table("concord_timeline_streams")
    with op.batch_alter_table("concord_timeline_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_timeline_entries_record_id"))
        batch_op.drop_index(batch_op.f("ix_concord_timeline_entries_amends_id"))

    op.drop_table("concord_timeline_entries")
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
    with op.batch_alter_table("concord_invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_invitations_email"))

    op.drop_table("concord_invitations")
    op.drop_table("concord_user_roles")
    with op.batch_alter_table("concord_records", schema=None) as batch_op:
        batch_op.drop_index("ix_concord_records_team")
        batch_op.drop_index("ix_concord_records_owner")
        batch_op.drop_index("ix_concord_records_list")
        batch_op.drop_index(batch_op.f("ix_concord_records_company_id"))

    op.drop_table("concord_records")
    with op.batch_alter_table("concord_password_resets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_password_resets_user_id"))

    op.drop_table("concord_password_resets")
    op.drop_table("concord_inboxes")
    with op.batch_alter_table("concord_email_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_email_changes_user_id"))

    op.drop_table("concord_email_changes")
    with op.batch_alter_table("concord_users", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_users_team_id"))
        batch_op.drop_index("ix_concord_users_list")

    op.drop_table("concord_users")
    with op.batch_alter_table("concord_throttles", schema=None) as batch_op:
        batch_op.drop_index("ix_concord_throttles_window")

    op.drop_table("concord_throttles")
    op.drop_table("concord_teams")
    op.drop_table("concord_settings")
    op.drop_table("concord_roles")
    op.drop_table("concord_mails")
    op.drop_table("concord_job_marks")
    with op.batch_alter_table("concord_idempotency", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_idempotency_created_at"))

    op.drop_table("concord_idempotency")
    op.drop_table("concord_executors")
    with op.batch_alter_table("concord_audit", schema=None) as batch_op:
        batch_op.drop_index("ix_concord_audit_row")

    op.drop_table("concord_audit")
    op.drop_table("concord_access_epoch")
