"""archived and employees."""

import sqlalchemy as sa
from alembic import op

revision = "0018_archived_and_employees"
down_revision = "0017_logo_and_calendar"


def upgrade() -> None:
    op.create_index(
        "ix_concord_records_archived",
        "concord_records",
        ["kind", "sort_key", "id"],
        sqlite_where=sa.text("archived_at IS NOT NULL"),
        postgresql_where=sa.text("archived_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_crm_companies_employees"), "crm_companies", ["employees"])


def downgrade() -> None:
    op.drop_index(op.f("ix_crm_companies_employees"), table_name="crm_companies")
    op.drop_index("ix_concord_records_archived", table_name="concord_records")
