"""Lists of articles, as their reader may know them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.database.paging import Page, page_of_rows
from concord.identity.models import User
from concord.records.models import Record
from concord.records.titles import titled
from modules.knowledge.articles.models import Article
from modules.knowledge.articles.policy import ARTICLES

LIST, SHELF, LATEST = 100, 100, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An article as people outside find it: nothing about how it came to be."""

    id: int
    title: str
    space: str
    published_at: datetime


def shelf(session: Session, actor: Actor, space: str) -> Sequence[tuple[int, str]]:
    """The articles beside one another in a space: id and title."""
    query: Any = ARTICLES.visible(actor).with_only_columns(Article.id, Article.title)
    rows = session.execute(
        query.where(Article.space == space).order_by(Record.sort_key, Record.id).limit(SHELF)
    )
    return [(row.id, row.title) for row in rows]


def spaces(session: Session, actor: Actor) -> Sequence[str]:
    """The spaces in which the actor can read something."""
    query: Any = ARTICLES.visible(actor).with_only_columns(Article.space).distinct()
    return list(session.scalars(query.order_by(Article.space)))


def published_for(
    session: Session, actor: Actor, *, wanted: str = "", cursor: str | None = None
) -> Page[Card]:
    """One page of what is published for a reader outside, by space and title."""
    query = _cards(actor, wanted)
    order = [Article.space, Record.sort_key, Record.id]
    found = page_of_rows(session, query, order=order, limit=LIST, cursor=cursor)
    return Page([_card(row) for row in found.items], found.next)


def latest_for(session: Session, actor: Actor) -> Sequence[Card]:
    """What was published last for a reader outside."""
    query = _cards(actor, "").order_by(Article.published_at.desc(), Record.id).limit(LATEST)
    return [_card(row) for row in session.execute(query)]


def _cards(actor: Actor, wanted: str) -> Select[Any]:
    query: Any = ARTICLES.visible(actor).with_only_columns(
        Article.id, Article.title, Article.space, Article.published_at
    )
    return _titled(query, wanted)


def _titled(query: Any, wanted: str) -> Select[Any]:
    if wanted:
        query = query.where(titled(wanted))
    return cast(Select[Any], query)


def _card(row: Row[Any]) -> Card:
    return Card(id=row.id, title=row.title, space=row.space, published_at=row.published_at)


def owner_name(session: Session, owner_id: int | None) -> str:
    return session.scalar(select(User.name).where(User.id == owner_id)) or ""
