"""being told."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011_being_told"
down_revision = "0010_factors_and_providers"


def upgrade() -> None:
    op.create_table(
        "concord_mails_keys",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_mails_keys_user_id")
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_concord_mails_keys")),
    )
    op.create_table(
        "concord_notification_choices",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("program", sa.Boolean(), nullable=False),
        sa.Column("mail", sa.String(), nullable=False),
        sa.Column("push", sa.Boolean(), nullable=False),
        sa.Column("only_mine", sa.Boolean(), nullable=False),
        sa.Column("muted_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "mail IN ('now', 'digest', 'none')", name=op.f("ck_concord_notification_choices_mail")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_notification_choices_user_id")
        ),
        sa.PrimaryKeyConstraint("user_id", "topic", name=op.f("pk_concord_notification_choices")),
    )
    op.create_table(
        "concord_notification_hours",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "digest_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "quiet", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_notification_hours_user_id")
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_concord_notification_hours")),
    )
    op.create_table(
        "concord_notifications_digests",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_notifications_digests_user_id")
        ),
        sa.PrimaryKeyConstraint("user_id", "day", name=op.f("pk_concord_notifications_digests")),
    )
    op.create_table(
        "concord_mails_taken",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_address", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_id"], ["concord_records.id"], name=op.f("fk_concord_mails_taken_record_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_mails_taken_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_mails_taken")),
        sa.UniqueConstraint("digest", name=op.f("uq_concord_mails_taken_digest")),
    )
    with op.batch_alter_table("concord_mails_taken", schema=None) as batch_op:
        batch_op.create_index(
            "ix_concord_mails_taken_rate", ["user_id", "record_id", "at"], unique=False
        )

    op.create_table(
        "concord_record_follows",
        sa.Column(
            "record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('follow', 'mentions', 'mute')", name=op.f("ck_concord_record_follows_state")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["concord_records.id"], name=op.f("fk_concord_record_follows_record_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_record_follows_user_id")
        ),
        sa.PrimaryKeyConstraint("record_id", "user_id", name=op.f("pk_concord_record_follows")),
    )
    with op.batch_alter_table("concord_record_follows", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concord_record_follows_user_id"), ["user_id"], unique=False
        )

    op.create_table(
        "concord_notifications_waiting",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("face", sa.String(), nullable=False),
        sa.Column(
            "company_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.CheckConstraint(
            "channel IN ('mail', 'digest', 'push')",
            name=op.f("ck_concord_notifications_waiting_channel"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["concord_records.id"],
            name=op.f("fk_concord_notifications_waiting_company_id"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["concord_timeline_entries.id"],
            name=op.f("fk_concord_notifications_waiting_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["concord_records.id"],
            name=op.f("fk_concord_notifications_waiting_record_id"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_notifications_waiting_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_notifications_waiting")),
    )
    with op.batch_alter_table("concord_notifications_waiting", schema=None) as batch_op:
        batch_op.create_index(
            "ix_concord_notifications_waiting", ["channel", "user_id", "id"], unique=False
        )

    op.create_table(
        "concord_push_subscriptions",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("endpoint", sa.String(), nullable=False),
        sa.Column("endpoint_hash", sa.String(), nullable=False),
        sa.Column("p256dh", sa.String(), nullable=False),
        sa.Column("auth", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rung_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["concord_sessions.id"],
            name=op.f("fk_concord_push_subscriptions_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["concord_users.id"], name=op.f("fk_concord_push_subscriptions_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_push_subscriptions")),
        sa.UniqueConstraint(
            "endpoint_hash", name=op.f("uq_concord_push_subscriptions_endpoint_hash")
        ),
    )
    with op.batch_alter_table("concord_push_subscriptions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concord_push_subscriptions_session_id"), ["session_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_concord_push_subscriptions_user_id"), ["user_id"], unique=False
        )

    with op.batch_alter_table("concord_mails", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "headers",
                sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
                server_default=sa.text("'{}'"),
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("concord_mails", schema=None) as batch_op:
        batch_op.drop_column("bounced_at")
        batch_op.drop_column("headers")

    with op.batch_alter_table("concord_push_subscriptions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_push_subscriptions_user_id"))
        batch_op.drop_index(batch_op.f("ix_concord_push_subscriptions_session_id"))

    op.drop_table("concord_push_subscriptions")
    with op.batch_alter_table("concord_notifications_waiting", schema=None) as batch_op:
        batch_op.drop_index("ix_concord_notifications_waiting")

    op.drop_table("concord_notifications_waiting")
    with op.batch_alter_table("concord_record_follows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concord_record_follows_user_id"))

    op.drop_table("concord_record_follows")
    with op.batch_alter_table("concord_mails_taken", schema=None) as batch_op:
        batch_op.drop_index("ix_concord_mails_taken_rate")

    op.drop_table("concord_mails_taken")
    op.drop_table("concord_notifications_digests")
    op.drop_table("concord_notification_hours")
    op.drop_table("concord_notification_choices")
    op.drop_table("concord_mails_keys")
