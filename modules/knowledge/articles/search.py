"""How articles are found: by staff, and by people outside once they are published for them."""

import re
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import OUTSIDE, Actor, Face
from concord.search.types import Document, SearchType
from modules.knowledge.articles.models import Article, Readers

MARKS = re.compile(r"[#*_>|`~\[\]]+|-{3,}")


def documents(article: Article) -> Mapping[Face, Document]:
    shown = Document(title=article.title, text=(MARKS.sub(" ", article.body),), everyone=True)
    faces = [face for face in OUTSIDE if article.published and _is_for(article, face)]
    return dict.fromkeys((Face.STAFF, *faces), shown)


def details(session: Session, _actor: Actor, ids: Sequence[int]) -> Mapping[int, str]:
    """The space it stands in."""
    rows = session.execute(select(Article.id, Article.space).where(Article.id.in_(ids)))
    return {row.id: row.space for row in rows}


def _is_for(article: Article, face: Face) -> bool:
    return article.audience in {readers.value for readers in Readers.open_to(face)}


ARTICLE_SEARCH: SearchType[Article] = SearchType(documents=documents, details=details)
