"""Articles in the REST API: all of them for staff, what is published for them for others."""

from typing import Any

from marshmallow import Schema
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.api.collection import Collection
from concord.errors import Forbidden
from concord.records.models import Record
from concord.web.routing import EVERYBODY
from modules.knowledge.articles import actions
from modules.knowledge.articles.models import Article, Readers, State
from modules.knowledge.articles.policy import ARTICLES
from modules.knowledge.articles.schemas import ArticleIn, ArticleOut, PortalArticleOut
from modules.knowledge.permissions import Knowledge

FIELDS = ("title", "space", "body", "review_on")


def out_schema(actor: Actor) -> type[Schema]:
    return PortalArticleOut if actor.outside else ArticleOut


def create(session: Session, actor: Actor, values: dict[str, Any]) -> Article:
    article = actions.create_article(
        session,
        actor,
        title=values["title"],
        space=values["space"],
        body=values.get("body", ""),
        audience=values.get("audience", Readers.INTERNAL),
        review_on=values.get("review_on"),
    )
    bring_to(session, actor, article, values.get("state"))
    return article


def update(session: Session, actor: Actor, article: Article, values: dict[str, Any]) -> None:
    changes = {name: values[name] for name in FIELDS if name in values}
    if "audience" in values:
        changes["audience"] = values["audience"].value
    if changes:
        actions.change_article(session, actor, article, changes)
    bring_to(session, actor, article, values.get("state"))


def bring_to(session: Session, actor: Actor, article: Article, state: State | None) -> None:
    if state is None or state == article.state:
        return
    if not ARTICLES.allows(actor, Knowledge.ARTICLE_PUBLISH, article):
        raise Forbidden
    act = actions.publish if state is State.PUBLISHED else actions.withdraw
    act(session, actor, article)


COLLECTION = Collection(
    name="articles",
    kind="article",
    model=Article,
    policy=ARTICLES,
    permission_read=Knowledge.ARTICLE_READ,
    permission_write=Knowledge.ARTICLE_WRITE,
    faces=EVERYBODY,
    out_schema=out_schema,
    in_schema=ArticleIn,
    create=create,
    update=update,
    archive=actions.archive,
    filters={
        "title": Record.title,
        "space": Article.space,
        "audience": Article.audience,
        "state": Article.state,
        "owner_id": Record.owner_id,
        "review_on": Article.review_on,
        "published_at": Article.published_at,
        "team_id": Record.team_id,
        "created_at": Record.created_at,
        "updated_at": Record.updated_at,
    },
    sorts={
        "title": Record.sort_key,
        "published_at": Article.published_at,
        "review_on": Article.review_on,
        "updated_at": Record.updated_at,
    },
)
