"""Tasks and knowledge."""

import sqlalchemy as sa
from alembic import op

revision = "0006_tasks_and_knowledge"
down_revision = "0005_crm"


def upgrade() -> None:
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


def downgrade() -> None:
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
