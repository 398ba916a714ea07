"""A person's inbox: by position, newest first, each line said in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from concord.actors import Actor, Audience, Face
from concord.installation import current_installation
from concord.notifications.models import Inbox, Notification
from concord.notifications.topics import OTHER, topic_of
from concord.records.models import Record
from concord.timeline.models import Entry, TimelineLink

PAGE = 30
MOST_COUNTED = 100
MENTION = "mention"
LARGEST_PAGE = 100


class Shown(StrEnum):
    """What of the inbox somebody looks at."""

    ALL = "all"
    MENTIONS = "mentions"
    ASKS = "asks"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Person:
    id: int | None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationView:
    """One line: `sentence` comes after the names of `people`; `body` is the words it is about."""

    id: int
    position: int
    at: datetime
    people: Sequence[Person]
    count: int
    sentence: str
    body: str
    reason: str
    icon: str
    audience: Audience
    url: str
    read_at: datetime | None
    first_at: datetime
    topic: str
    topic_label: LazyString | str
    asks: bool

    @property
    def unread(self) -> bool:
        return self.read_at is None

    @property
    def text(self) -> str:
        """The whole sentence, names included."""
        return f"{_names([person.name for person in self.people])} {self.sentence}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Unread lines, of all and of two kinds; at most a hundred are counted."""

    unread: int
    mentions: int
    asks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    items: Sequence[NotificationView]
    position: int
    next: int | None


def inbox(
    session: Session,
    actor: Actor,
    *,
    after: int | None = None,
    before: int | None = None,
    limit: int = PAGE,
    shown: Shown = Shown.ALL,
) -> InboxPage:
    """One page: with `after` the lines nearest above that position, else the newest below `before`.

    A person with several companies sees what concerns the one they act for.
    """
    limit = max(1, min(limit, LARGEST_PAGE))
    query = _only(_lines(actor), shown)
    if after is not None:
        query = query.where(Notification.position > after).order_by(Notification.position.asc())
    else:
        if before is not None:
            query = query.where(Notification.position < before)
        query = query.order_by(Notification.position.desc())
    rows = list(session.execute(query.limit(limit + 1)))
    more, rows = len(rows) > limit, rows[:limit]
    following = rows[-1].position if more else None
    if after is not None:
        rows.reverse()
    top = rows[0].top if rows else None
    return InboxPage(
        items=[_view(actor, row) for row in rows], position=top or after or 0, next=following
    )


def one(session: Session, actor: Actor, notification_id: int) -> NotificationView | None:
    """One line of the actor's own inbox."""
    row = session.execute(_lines(actor).where(Notification.id == notification_id)).one_or_none()
    return None if row is None else _view(actor, row)


def unread_of(session: Session, actor: Actor) -> int:
    return session.scalar(select(Inbox.unread).where(Inbox.user_id == actor.user_id)) or 0


def counts_of(session: Session, actor: Actor) -> Counts:
    """How much is unread of each kind, for the one face and company the actor stands for."""
    newest = (
        select(Notification.reason, Notification.fact_type)
        .where(
            Notification.user_id == actor.user_id,
            Notification.read_at.is_(None),
            Notification.face == actor.face.value,
        )
        .limit(MOST_COUNTED)
    )
    if actor.outside:
        newest = newest.where(Notification.company_id == actor.company_id)
    rows = session.execute(newest).all()
    asking = _asking()
    return Counts(
        unread=len(rows),
        mentions=sum(row.reason == MENTION for row in rows),
        asks=sum(row.fact_type in asking for row in rows),
    )


def _only(query: Select[Any], shown: Shown) -> Select[Any]:
    if shown is Shown.UNREAD:
        return query.where(Notification.read_at.is_(None))
    if shown is Shown.MENTIONS:
        return query.where(Notification.reason == MENTION)
    if shown is Shown.ASKS:
        return query.where(Notification.fact_type.in_(_asking()))
    return query


def _asking() -> frozenset[str]:
    """The fact types that wait for an answer."""
    return frozenset(fact.name for fact in current_installation().facts if fact.asks)


def _lines(actor: Actor) -> Any:
    top = select(Inbox.position).where(Inbox.user_id == actor.user_id).scalar_subquery()
    query = (
        select(
            Notification.id,
            Notification.position,
            Notification.at,
            Notification.count.label("times"),
            Notification.actors,
            Notification.reason,
            Notification.read_at,
            Notification.first_at,
            Notification.record_id,
            Notification.fact_type,
            Entry.id.label("entry_id"),
            Entry.actor_id,
            Entry.fact_version,
            Entry.payload,
            Entry.withdrawn_at,
            Record.kind,
            TimelineLink.audience,
            top.label("top"),
        )
        .join(Entry, Entry.id == Notification.entry_id)
        .join(Record, Record.id == Notification.record_id)
        .join(
            TimelineLink,
            (TimelineLink.entry_id == Entry.id)
            & (TimelineLink.record_id == Notification.record_id),
        )
        .where(Notification.user_id == actor.user_id, Notification.face == actor.face.value)
    )
    if actor.outside:
        query = query.where(Notification.company_id == actor.company_id)
    return query


def _view(actor: Actor, row: Row[Any]) -> NotificationView:
    fact_type = current_installation().facts.get(row.fact_type)
    record_type = current_installation().records.get(row.kind)
    payload = fact_type.read(row.payload, row.fact_version) if fact_type else {}
    if fact_type is None:
        sentence = row.fact_type
    elif row.reason == MENTION:
        sentence = _("mentioned you on %(title)s", title=payload.get("title", ""))
    elif row.times > 1:
        sentence = fact_type.sentence.render_many(actor.language, payload, row.times)
    else:
        sentence = fact_type.sentence.render(actor.language, payload)
    heading = topic_of(fact_type, row.reason) if fact_type else OTHER.key
    topic = current_installation().topics.get(heading) or OTHER
    face = Face(actor.face)
    url = record_type.entry_url(row.record_id, row.entry_id, face) if record_type else None
    return NotificationView(
        id=row.id,
        position=row.position,
        at=row.at,
        people=[Person(person["id"], person["name"]) for person in row.actors],
        count=row.times,
        sentence=sentence,
        body="" if row.withdrawn_at else str(payload.get("excerpt", "")),
        reason=row.reason,
        icon=fact_type.icon if fact_type else "circle",
        audience=Audience(row.audience),
        url=url or "/notifications",
        read_at=row.read_at,
        first_at=row.first_at,
        topic=topic.key,
        topic_label=topic.label,
        asks=bool(fact_type and fact_type.asks),
    )


def _names(names: Sequence[str]) -> str:
    """Maya Kaur · Maya Kaur and Jun Wang · Maya Kaur, Jun Wang and 3 more."""
    if len(names) <= 1:
        return "".join(names)
    if len(names) == 2:
        return _("%(first)s and %(second)s", first=names[0], second=names[1])
    first, second, *others = names
    return _(
        "%(first)s, %(second)s and %(number)s more", first=first, second=second, number=len(others)
    )
