"""logo and calendar."""

import sqlalchemy as sa
from alembic import op

revision = "0017_logo_and_calendar"
down_revision = "0016_webhooks"


def upgrade() -> None:
    op.create_table(
        "concord_calendar_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("begins", sa.Time(), nullable=True),
        sa.Column("ends", sa.Time(), nullable=True),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_concord_calendar_days")),
    )
    op.create_table(
        "concord_logos",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_logos")),
    )


def downgrade() -> None:
    op.drop_table("concord_logos")
    op.drop_table("concord_calendar_days")
