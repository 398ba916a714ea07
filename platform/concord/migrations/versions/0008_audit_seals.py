"""audit seals."""

import sqlalchemy as sa
from alembic import op

revision = "0008_audit_seals"
down_revision = "0007_schedules_and_holds"


def upgrade() -> None:
    op.create_table(
        "concord_audit_keys",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_audit_keys")),
    )
    with op.batch_alter_table("concord_audit", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
            )
        )
        batch_op.add_column(sa.Column("who_salt", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("who_digest", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("what_salt", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("what_digest", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("seal", sa.String(), nullable=True))
        batch_op.create_index("ix_concord_audit_actor", ["actor_id", "at", "id"], unique=False)
        batch_op.create_index("ix_concord_audit_at", ["at", "id"], unique=False)
        batch_op.create_index(
            "ix_concord_audit_unsealed",
            ["id"],
            unique=False,
            sqlite_where=sa.text("sequence IS NULL"),
            postgresql_where=sa.text("sequence IS NULL"),
        )
        batch_op.create_unique_constraint(batch_op.f("uq_concord_audit_sequence"), ["sequence"])


def downgrade() -> None:
    with op.batch_alter_table("concord_audit", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_concord_audit_sequence"), type_="unique")
        batch_op.drop_index(
            "ix_concord_audit_unsealed",
            sqlite_where=sa.text("sequence IS NULL"),
            postgresql_where=sa.text("sequence IS NULL"),
        )
        batch_op.drop_index("ix_concord_audit_at")
        batch_op.drop_index("ix_concord_audit_actor")
        batch_op.drop_column("seal")
        batch_op.drop_column("what_digest")
        batch_op.drop_column("what_salt")
        batch_op.drop_column("who_digest")
        batch_op.drop_column("who_salt")
        batch_op.drop_column("sequence")

    op.drop_table("concord_audit_keys")
