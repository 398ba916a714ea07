"""Search: documents, and each engine's own index of them, which triggers keep in step.

A later migration that rebuilds a table of documents on SQLite makes its triggers again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013_search"
down_revision = "0012_exports"

# Content lives in our tables, so that a row can be taken out of the index again; no positions
# are kept, as no phrase is ever asked for. Tokens come ready: the tokenizer only splits at spaces.
SQLITE_INDEX = """
CREATE VIRTUAL TABLE {index} USING fts5({columns}, content='{table}', content_rowid='{key}',
    detail=column, prefix='2 3', tokenize='ascii')
"""
SQLITE_TRIGGERS = """
CREATE TRIGGER {index}_added AFTER INSERT ON {table} BEGIN {put} END
---
CREATE TRIGGER {index}_removed AFTER DELETE ON {table} BEGIN {take} END
---
CREATE TRIGGER {index}_changed AFTER UPDATE ON {table} BEGIN {take} {put} END
"""
SQLITE = {
    "concord_search_index": (
        "concord_search_documents", "id", ("scope", "names", "aliases", "body"),
    ),
    "concord_search_entry_index": ("concord_search_entries", "entry_id", ("scope", "words")),
}  # fmt: skip

# A scope begins with a sign that no token holds. New rows are found at once, not after a sweep.
POSTGRES = """
CREATE TABLE concord_search_index (
    id bigint PRIMARY KEY REFERENCES concord_search_documents ON DELETE CASCADE,
    names tsvector NOT NULL, everything tsvector NOT NULL)
---
CREATE INDEX ix_concord_search_index_names ON concord_search_index
    USING gin (names) WITH (fastupdate = off)
---
CREATE INDEX ix_concord_search_index_everything ON concord_search_index
    USING gin (everything) WITH (fastupdate = off)
---
CREATE FUNCTION concord_search_index_document() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found text[] := array_prepend('=' || NEW.scope,
    string_to_array(NEW.names, ' ') || string_to_array(NEW.aliases, ' '));
BEGIN
    INSERT INTO concord_search_index VALUES (NEW.id, array_to_tsvector(found),
        array_to_tsvector(found || string_to_array(NEW.body, ' ')))
    ON CONFLICT (id) DO UPDATE SET names = EXCLUDED.names, everything = EXCLUDED.everything;
    RETURN NULL;
END $$
---
CREATE TRIGGER concord_search_index_kept AFTER INSERT OR UPDATE ON concord_search_documents
    FOR EACH ROW EXECUTE FUNCTION concord_search_index_document()
---
CREATE TABLE concord_search_entry_index (
    id bigint PRIMARY KEY REFERENCES concord_search_entries ON DELETE CASCADE,
    words tsvector NOT NULL)
---
CREATE INDEX ix_concord_search_entry_index_words ON concord_search_entry_index
    USING gin (words) WITH (fastupdate = off)
---
CREATE FUNCTION concord_search_index_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE shared text[] := (SELECT array_agg('=' || scope)
    FROM unnest(string_to_array(NEW.scope, ' ')) AS scope);
BEGIN
    INSERT INTO concord_search_entry_index VALUES (NEW.entry_id,
        array_to_tsvector(string_to_array(NEW.words, ' ') || coalesce(shared, '{}')))
    ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words;
    RETURN NULL;
END $$
---
CREATE TRIGGER concord_search_entry_index_kept AFTER INSERT OR UPDATE ON concord_search_entries
    FOR EACH ROW EXECUTE FUNCTION concord_search_index_entry()
"""
POSTGRES_DROPPED = """
DROP TABLE concord_search_entry_index
---
DROP TABLE concord_search_index
---
DROP TRIGGER concord_search_entry_index_kept ON concord_search_entries
---
DROP TRIGGER concord_search_index_kept ON concord_search_documents
---
DROP FUNCTION concord_search_index_entry
---
DROP FUNCTION concord_search_index_document
"""


def upgrade() -> None:
    op.create_table(
        "concord_search_typos",
        sa.Column(
            "variant",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "word", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("variant", "word", name=op.f("pk_concord_search_typos")),
    )
    op.create_table(
        "concord_search_documents",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("face", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "title_key",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("names", sa.String(), nullable=False),
        sa.Column("aliases", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["concord_records.id"],
            name=op.f("fk_concord_search_documents_record_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concord_search_documents")),
        sa.UniqueConstraint(
            "record_id", "face", name=op.f("uq_concord_search_documents_record_id_face")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("concord_search_documents", schema=None) as batch_op:
        batch_op.create_index(
            "ix_concord_search_documents_title", ["face", "title_key"], unique=False
        )

    op.create_table(
        "concord_search_entries",
        sa.Column(
            "entry_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["concord_timeline_entries.id"],
            name=op.f("fk_concord_search_entries_entry_id"),
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_concord_search_entries")),
    )
    if op.get_bind().dialect.name == "postgresql":
        _run(POSTGRES)
    else:
        _index_on_sqlite()


def _index_on_sqlite() -> None:
    for index, (table, key, names) in SQLITE.items():
        columns = ", ".join(names)
        new, old = (", ".join(f"{row}.{name}" for name in (key, *names)) for row in ("new", "old"))
        put = f"INSERT INTO {index}(rowid, {columns}) VALUES ({new});"  # noqa: S608
        take = f"INSERT INTO {index}({index}, rowid, {columns}) VALUES ('delete', {old});"  # noqa: S608
        _run(SQLITE_INDEX.format(index=index, columns=columns, table=table, key=key))
        _run(SQLITE_TRIGGERS.format(index=index, table=table, put=put, take=take))


def _run(statements: str) -> None:
    for statement in statements.split("---"):
        op.execute(statement.strip())


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _run(POSTGRES_DROPPED)
    else:
        for index in SQLITE:
            op.execute(f"DROP TABLE {index}")
    op.drop_table("concord_search_entries")
    with op.batch_alter_table("concord_search_documents", schema=None) as batch_op:
        batch_op.drop_index("ix_concord_search_documents_title")

    op.drop_table("concord_search_documents")
    op.drop_table("concord_search_typos")
