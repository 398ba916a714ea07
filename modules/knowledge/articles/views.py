"""What the templates show of articles: the portal's shelves, one article, the choice of readers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from flask_babel import pgettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.clock import today
from concord.installation import current_installation
from concord.records.slots import RECORD_ASIDE
from concord.web.markdown import Heading, read_markdown
from modules.knowledge.articles.models import Article, Readers
from modules.knowledge.articles.policy import ARTICLES
from modules.knowledge.articles.queries import Card, latest_for, owner_name, shelf
from modules.knowledge.permissions import Knowledge


@dataclass(frozen=True, slots=True)
class Shelf:
    """The articles of one space."""

    space: str
    articles: Sequence[Card]


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalArticle:
    """An article as people outside read it: listed field by field."""

    title: str
    space: str
    published_at: datetime
    html: Markup
    headings: Sequence[Heading]


@dataclass(frozen=True, slots=True)
class Newest:
    """The block on the portal's home."""

    articles: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Choice:
    """An audience as the editor offers it: what it is called, and who that is."""

    value: str
    label: str
    who: str
    icon: str
    tone: str


def shelves(articles: Iterable[Card]) -> list[Shelf]:
    """Articles, already in order, by their space."""
    found = groupby(articles, key=lambda article: article.space)
    return [Shelf(space, list(lines)) for space, lines in found]


def one_article(session: Session, actor: Actor, article: Article) -> dict[str, Any]:
    """What `knowledge/article.html` shows."""
    document = read_markdown(article.body)
    return {
        "article": article,
        "document": document,
        "beside": shelf(session, actor, article.space),
        "owner": owner_name(session, article.owner_id),
        "readers": choice_of(article.audience),
        "panels": panels_beside(session, actor, article),
        "overdue": article.review_on is not None and article.review_on < today(actor.timezone),
        **rights(actor, article),
    }


def panels_beside(session: Session, actor: Actor, article: Article) -> list[tuple[str, object]]:
    """What other modules show beside any record: templates with what they show."""
    offered = current_installation().panels_in(RECORD_ASIDE)
    return [
        (panel.template, panel.load(session, actor, article))
        for panel in offered
        if actor.may(panel.permission)
    ]


def rights(actor: Actor, article: Article) -> dict[str, bool]:
    """What the actor may do with it. What is published is changed by those who may publish."""
    may_publish = ARTICLES.allows(actor, Knowledge.ARTICLE_PUBLISH, article)
    may_write = ARTICLES.allows(actor, Knowledge.ARTICLE_WRITE, article)
    return {
        "may_publish": may_publish,
        "may_write": may_write and (may_publish or not article.published),
    }


def portal_article(article: Article) -> PortalArticle:
    assert article.published_at is not None
    document = read_markdown(article.body)
    return PortalArticle(
        title=article.title,
        space=article.space,
        published_at=article.published_at,
        html=document.html,
        headings=tuple(document.headings),
    )


def newest(session: Session, actor: Actor) -> Newest | None:
    found = latest_for(session, actor)
    return Newest(tuple(found)) if found else None


def choices() -> list[Choice]:
    return [
        Choice(
            Readers.INTERNAL.value,
            _("Colleagues only"),
            _("Nobody outside the house can read it."),
            "lock",
            "internal",
        ),
        Choice(
            Readers.CUSTOMERS.value,
            pgettext("readers", "Customers"),
            _("Everyone in every customer's portal can read it."),
            "eye",
            "customer",
        ),
        Choice(
            Readers.SUPPLIERS.value,
            pgettext("readers", "Suppliers"),
            _("Everyone in every supplier's portal can read it."),
            "truck",
            "supplier",
        ),
        Choice(
            Readers.ALL.value,
            pgettext("readers", "Customers and suppliers"),
            _("Everyone in every portal can read it."),
            "globe",
            "warn",
        ),
    ]


def choice_of(audience: str) -> Choice:
    return next(choice for choice in choices() if choice.value == audience)


def labels() -> dict[str, str]:
    """What the fields are called where a person chooses between two values."""
    return {
        "title": pgettext("article", "Title"),
        "body": pgettext("article", "Text"),
        "space": _("Space"),
        "audience": _("Who reads it"),
        "review_on": _("Review on"),
    }


def shown_value(name: str, value: Any) -> str:
    if name == "audience" and value:
        return choice_of(str(value)).label
    return value.isoformat() if isinstance(value, date) else str(value or "")
