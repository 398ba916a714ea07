"""CRM."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005_crm"
down_revision = "0004_jobs_mail_audit"


def upgrade() -> None:
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
    with op.batch_alter_table("crm_date_requests", schema=None) as batch_op:
        batch_op.drop_index("ix_crm_date_requests_state")
        batch_op.drop_index(batch_op.f("ix_crm_date_requests_about_id"))
    op.drop_table("crm_date_requests")
    with op.batch_alter_table("crm_contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_contacts_phone_key"))
        batch_op.drop_index(batch_op.f("ix_crm_contacts_email_key"))
    op.drop_table("crm_contacts")
