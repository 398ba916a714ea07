"""Second factors and providers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010_factors_and_providers"
down_revision = "0009_bulk_runs_and_tags"


def upgrade() -> None:
    op.create_table(
        "concord_providers",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("client_secret", sa.String(), nullable=True),
        sa.Column(
            "domains", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("makes_staff", sa.Boolean(), nullable=False),
        sa.Column("role_key", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_providers")),
    )
    op.create_table(
        "concord_ceremonies",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_ceremonies_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_ceremonies")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_concord_ceremonies_key_hash")),
    )
    with op.batch_alter_table("concord_ceremonies", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concord_ceremonies_expires_at"), ["expires_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_concord_ceremonies_user_id"), ["user_id"], unique=False
        )

    op.create_table(
        "concord_code_apps",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column(
            "last_step", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_code_apps_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_code_apps")),
        sa.UniqueConstraint("user_id", name=op.f("uq_concord_code_apps_user_id")),
    )
    op.create_table(
        "concord_external_identities",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_external_identities_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_external_identities")),
        sa.UniqueConstraint(
            "issuer", "subject", name=op.f("uq_concord_external_identities_issuer_subject")
        ),
    )
    with op.batch_alter_table("concord_external_identities", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concord_external_identities_user_id"), ["user_id"], unique=False
        )

    op.create_table(
        "concord_passkeys",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("credential", sa.String(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column(
            "sign_count", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "transports", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_passkeys_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_passkeys")),
        sa.UniqueConstraint("credential", name=op.f("uq_concord_passkeys_credential")),
    )
    with op.batch_alter_table("concord_passkeys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_concord_passkeys_user_id"), ["user_id"], unique=False)

    op.create_table(
        "concord_recovery_codes",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_recovery_codes_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_recovery_codes")),
    )
    with op.batch_alter_table("concord_recovery_codes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concord_recovery_codes_user_id"), ["user_id"], unique=False
        )

    op.create_table(
        "concord_trusted_devices",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_trusted_devices_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_trusted_devices")),
    )
    with op.batch_alter_table("concord_trusted_devices", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concord_trusted_devices_token_hash"), ["token_hash"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_concord_trusted_devices_user_id"), ["user_id"], unique=False
        )

    with op.batch_alter_table("concord_sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("way", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("needs_factor", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table("concord_users", schema=None) as batch_op:
        batch_op.add_column(sa.Column("email_proved_at", sa.DateTime(timezone=True), nullable=True))
    # Whoever is here came by an invitation, or the operator vouched for them.
    op.execute("UPDATE concord_users SET email_proved_at = created_at")


def downgrade() -> None:
    with op.batch_alter_table("concord_users", schema=None) as batch_op:
        batch_op.drop_column("email_proved_at")

    with op.batch_alter_table("concord_sessions", schema=None) as batch_op:
        batch_op.drop_column("needs_factor")
        batch_op.drop_column("proved_at")
        batch_op.drop_column("way")

    with op.batch_alter_table("concord_trusted_devices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_trusted_devices_user_id"))
        batch_op.drop_index(batch_op.f("ix_concord_trusted_devices_token_hash"))

    op.drop_table("concord_trusted_devices")
    with op.batch_alter_table("concord_recovery_codes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_recovery_codes_user_id"))

    op.drop_table("concord_recovery_codes")
    with op.batch_alter_table("concord_passkeys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_passkeys_user_id"))

    op.drop_table("concord_passkeys")
    with op.batch_alter_table("concord_external_identities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_external_identities_user_id"))

    op.drop_table("concord_external_identities")
    op.drop_table("concord_code_apps")
    with op.batch_alter_table("concord_ceremonies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_ceremonies_user_id"))
        batch_op.drop_index(batch_op.f("ix_concord_ceremonies_expires_at"))

    op.drop_table("concord_ceremonies")
    op.drop_table("concord_providers")
