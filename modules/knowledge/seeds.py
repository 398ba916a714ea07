"""The part of knowledge in the demo story."""

from functools import partial

from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.demo.story import Story
from modules.knowledge.articles.actions import create_article, publish
from modules.knowledge.articles.models import Article, Readers
from modules.knowledge.demo.writings import WRITINGS, Writing


def seed(story: Story) -> None:
    for writing in WRITINGS:
        if writing.in_brief or not story.brief:
            _plan(story, writing)


def _plan(story: Story, writing: Writing) -> None:
    story.plan(writing.author, *writing.begun, partial(_begin, story, writing))
    if writing.published is not None:
        story.plan(writing.publisher, *writing.published, partial(_publish, story, writing))


def _begin(story: Story, writing: Writing, session: Session, actor: Actor) -> None:
    title, body = writing.text(story.language)
    article = create_article(
        session,
        actor,
        title=title,
        space=story.say(*writing.space),
        body=body,
        audience=Readers(writing.readers),
        review_on=story.day(writing.review),
    )
    story.records[writing.key] = article.id


def _publish(story: Story, writing: Writing, session: Session, actor: Actor) -> None:
    publish(session, actor, session.get_one(Article, story.records[writing.key]))
