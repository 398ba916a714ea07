"""What people do with articles; every one leaves a fact on the article."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from concord import editing
from concord.actors import Actor
from concord.errors import Forbidden, Invalid
from concord.facts.record import record as record_fact
from concord.records import actions as records
from modules.knowledge.articles.facts import (
    FIELDS_SAID,
    READERS_SAID,
    ArticleArchived,
    ArticleChanged,
    ArticleCreated,
    ArticlePublished,
    ArticleRestored,
    ArticleWithdrawn,
)
from modules.knowledge.articles.models import Article, Readers
from modules.knowledge.articles.policy import ARTICLES
from modules.knowledge.permissions import Knowledge


def create_article(
    session: Session,
    actor: Actor,
    *,
    title: str,
    space: str,
    body: str = "",
    audience: Readers = Readers.INTERNAL,
    review_on: date | None = None,
) -> Article:
    """A new draft of the actor's. `body` is Markdown."""
    article = Article(
        title=title.strip(),
        space=space.strip(),
        body=body,
        audience=audience.value,
        review_on=review_on,
    )
    records.create(session, actor, article)
    record_fact(session, actor, ArticleCreated(title=article.title), subject=article)
    return article


def change_article(
    session: Session,
    actor: Actor,
    article: Article,
    changes: Mapping[str, Any],
    *,
    originals: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
) -> None:
    """Set title, body, space, audience or review day; Conflict or Stale as `editing.edit` raises.

    What is published changes for its readers at once, so that wants the right to publish.
    """
    check_changeable(actor, article)
    changed = editing.edit(session, article, changes, originals, expected_version)
    if changed:
        names = tuple(name for name in FIELDS_SAID if name in changed)
        fact = ArticleChanged(
            title=article.title,
            fields=names,
            said_en=" and ".join(FIELDS_SAID[name][0] for name in names),
            said_zh="、".join(FIELDS_SAID[name][1] for name in names),
        )
        record_fact(session, actor, fact, subject=article)


def check_changeable(actor: Actor, article: Article) -> None:
    """Raise Forbidden where the article is published and the actor may not publish."""
    if article.published and not ARTICLES.allows(actor, Knowledge.ARTICLE_PUBLISH, article):
        raise Forbidden(_("A published article is changed by somebody who may publish."))


def publish(session: Session, actor: Actor, article: Article) -> bool:
    """Open the article to its readers. Gives False where it already is; Invalid without a text."""
    if article.published:
        return False
    if not article.body.strip():
        raise Invalid({"body": [_("Write the text before you publish it.")]})
    article.publish()
    readers = Readers(article.audience)
    en, zh = READERS_SAID[readers]
    fact = ArticlePublished(
        title=article.title, readers=readers.value, readers_en=en, readers_zh=zh
    )
    record_fact(session, actor, fact, subject=article)
    return True


def withdraw(session: Session, actor: Actor, article: Article) -> bool:
    """Take the article back to draft: at once only staff can read it."""
    if not article.published:
        return False
    article.withdraw()
    record_fact(session, actor, ArticleWithdrawn(title=article.title), subject=article)
    return True


def archive(session: Session, actor: Actor, article: Article) -> None:
    """Put the article away; what is published disappears for its readers at once."""
    check_changeable(actor, article)
    records.archive(session, actor, article)
    record_fact(session, actor, ArticleArchived(title=article.title), subject=article)


def restore(session: Session, actor: Actor, article: Article) -> None:
    check_changeable(actor, article)
    records.restore(session, actor, article)
    record_fact(session, actor, ArticleRestored(title=article.title), subject=article)
