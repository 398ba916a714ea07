"""Who reads articles: staff all of them, people outside what is published for them."""

from sqlalchemy import ColumnElement, select

from concord.actors import Actor, Face
from concord.policy import ScopedPolicy
from concord.records.models import Record
from modules.knowledge.articles.models import Article, Readers, State
from modules.knowledge.permissions import Knowledge


class ArticlePolicy(ScopedPolicy[Article]):
    """Articles belong to no company: the face decides."""

    def outside(self, actor: Actor) -> ColumnElement[bool]:
        """On the spine alone, so that it also holds in statements over records of any kind."""
        articles = Article.__table__.alias("readable")
        audiences = [readers.value for readers in Readers.open_to(Face(actor.face))]
        opened = select(articles.c.id).where(
            articles.c.state == State.PUBLISHED.value, articles.c.audience.in_(audiences)
        )
        return Record.id.in_(opened)


ARTICLES = ArticlePolicy(Article, kind="article", read=Knowledge.ARTICLE_READ)
