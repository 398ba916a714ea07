"""Ways in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002_ways_in"
down_revision = "0001_people_and_records"


def upgrade() -> None:
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


def downgrade() -> None:
    with op.batch_alter_table("concord_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_sessions_user_id"))
    op.drop_table("concord_sessions")
    with op.batch_alter_table("concord_api_tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_api_tokens_user_id"))
    op.drop_table("concord_api_tokens")
    with op.batch_alter_table("concord_invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_invitations_email"))
    op.drop_table("concord_invitations")
    with op.batch_alter_table("concord_password_resets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_password_resets_user_id"))
    op.drop_table("concord_password_resets")
    with op.batch_alter_table("concord_email_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_email_changes_user_id"))
    op.drop_table("concord_email_changes")
    with op.batch_alter_table("concord_throttles", schema=None) as batch_op:
        batch_op.drop_index("ix_concord_throttles_window")
    op.drop_table("concord_throttles")
