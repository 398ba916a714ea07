"""schedules and holds."""

import sqlalchemy as sa
from alembic import op

revision = "0007_schedules_and_holds"
down_revision = "0006_tasks_and_knowledge"


def upgrade() -> None:
    op.create_table(
        "concord_job_holds",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_concord_job_holds")),
    )
    op.create_table(
        "concord_job_troubles",
        sa.Column("job_id", sa.String(), nullable=False),
        sa.Column("attempts", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_concord_job_troubles")),
    )
    op.create_table(
        "concord_schedule_slots",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("slot_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("job_id", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_schedule_slots")),
        sa.UniqueConstraint("name", "slot_at", name=op.f("uq_concord_schedule_slots_name_slot_at")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("concord_schedule_slots")
    op.drop_table("concord_job_troubles")
    op.drop_table("concord_job_holds")
