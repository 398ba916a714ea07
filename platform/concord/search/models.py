"""What can be found. Triggers carry each row into the engine's own index (see the migration):
SQLite's FTS5 or PostgreSQL's tsvector, both called concord_search_index.
"""

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from concord.database.base import BigId, Identifier, Model, RecordId, SortText


class SearchDocument(Model):
    """A record as one face finds it. `names`, `aliases` and `body` are tokens, `text` is shown.

    `scope` is a token too: whose rows a person outside starts from. It never decides alone.
    """

    __tablename__ = "concord_search_documents"

    id: Mapped[Identifier]
    record_id: Mapped[RecordId]
    face: Mapped[str]
    kind: Mapped[str]
    scope: Mapped[str]
    title: Mapped[str]
    title_key: Mapped[str] = mapped_column(SortText)
    names: Mapped[str]
    aliases: Mapped[str]
    body: Mapped[str]
    text: Mapped[str]

    __table_args__ = (
        UniqueConstraint("record_id", "face"),
        Index("ix_concord_search_documents_title", "face", "title_key"),
        {"sqlite_autoincrement": True},
    )


class SearchEntry(Model):
    """The words of a timeline entry; `scope` names the companies it is shared with."""

    __tablename__ = "concord_search_entries"

    entry_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("concord_timeline_entries.id"), primary_key=True, autoincrement=False
    )
    scope: Mapped[str]
    words: Mapped[str]


class SearchTypo(Model):
    """A word of some name, and what is left of it without one letter: for typing errors.

    It widens what is looked for and is never shown: words come back only inside what one may see.
    """

    __tablename__ = "concord_search_typos"

    variant: Mapped[str] = mapped_column(SortText, primary_key=True)
    word: Mapped[str] = mapped_column(SortText, primary_key=True)
