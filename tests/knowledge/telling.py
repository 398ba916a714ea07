"""What the tests of knowledge say often."""

from modules.knowledge.api import Article, Readers, create_article, publish
from tests.world import World


def write(
    world: World,
    title: str,
    *,
    by: str = "jun",
    body: str = "The answer.",
    readers: Readers = Readers.INTERNAL,
    published: bool = True,
) -> int:
    """An article by somebody who may publish; gives its id."""
    with world.act(by) as (session, actor):
        article = create_article(
            session, actor, title=title, space="HX-200", body=body, audience=readers
        )
        if published:
            publish(session, actor, article)
        session.flush()
        return article.id


def look(world: World, article_id: int) -> Article:
    with world.reading() as session:
        article = session.get_one(Article, article_id)
        session.refresh(article)
        return article
