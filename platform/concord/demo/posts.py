"""What people of the story write on timelines, as data, and how it is told."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO

from sqlalchemy.orm import Session

from concord.actors import Actor, Audience
from concord.demo.papers import Paper
from concord.demo.story import Story
from concord.demo.words import Words
from concord.files.actions import keep, register
from concord.records.models import Record
from concord.timeline.actions import edit, post, withdraw
from concord.timeline.models import Entry

INTERNAL, CUSTOMER, SUPPLIER = Audience


@dataclass(frozen=True, slots=True)
class Change:
    """What its writer does with a post later; without words it is withdrawn."""

    days_ago: int
    at: str
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """One entry: who writes what to whom, working days ago, at a time of day (`9:15`)."""

    kind: str
    person: str
    days_ago: int
    at: str
    words: Words
    to: Audience = INTERNAL
    files: tuple[Paper, ...] = ()
    change: Change | None = None

    def edited(self, days_ago: int, at: str, en: str = "", zh: str = "") -> "Post":
        return replace(self, change=Change(days_ago, at, Words(en, zh)))

    def withdrawn(self, days_ago: int, at: str) -> "Post":
        return replace(self, change=Change(days_ago, at))


def note(
    person: str,
    days_ago: int,
    at: str,
    en: str = "",
    zh: str = "",
    *,
    to: Audience = INTERNAL,
    files: tuple[Paper, ...] = (),
    kind: str = "note",
) -> Post:
    """With one language empty it is said in the other one, in every world."""
    return Post(kind, person, days_ago, at, Words(en, zh), to, files)


call = partial(note, kind="call")
meeting = partial(note, kind="meeting")
email = partial(note, kind="email", to=CUSTOMER)
message = partial(note, kind="message", to=CUSTOMER)
to_supplier = partial(note, kind="message", to=SUPPLIER)


@dataclass(frozen=True, slots=True)
class Chapter:
    """What was written on one record; a brief story tells only its newest `brief` posts."""

    record: str
    posts: tuple[Post, ...]
    brief: int = 0


def plan_chapters(story: Story, chapters: Iterable[Chapter]) -> None:
    for chapter in chapters:
        posts = sorted(chapter.posts, key=lambda told: story.moment(told.days_ago, told.at))
        for told in posts[len(posts) - chapter.brief :] if story.brief else posts:
            _plan_post(story, chapter.record, told)


def _plan_post(story: Story, record: str, told: Post) -> None:
    entries: list[int] = []

    def write(session: Session, actor: Actor) -> None:
        entries.append(_write(story, session, actor, record, told))

    def amend(session: Session, actor: Actor) -> None:
        assert told.change is not None
        entry = session.get_one(Entry, entries[0])
        if told.change.words is None:
            withdraw(session, actor, entry)
        else:
            edit(session, actor, entry, story.speak(session, told.change.words)[0])

    story.plan(told.person, told.days_ago, told.at, write)
    if told.change is not None:
        story.plan(told.person, told.change.days_ago, told.change.at, amend)


def _write(story: Story, session: Session, actor: Actor, record: str, told: Post) -> int:
    body, mentions = story.speak(session, told.words)
    entry = post(
        session,
        actor,
        session.get_one(Record, story.records[record]),
        kind=told.kind,
        body=body,
        audience=told.to,
        mentions=mentions,
        files=[_upload(story, session, actor, paper) for paper in told.files],
    )
    return entry.id


def _upload(story: Story, session: Session, actor: Actor, paper: Paper) -> int:
    stored = keep(BytesIO(paper.content(story.language)))
    return register(session, actor, story.say(paper.en, paper.zh), stored).id
