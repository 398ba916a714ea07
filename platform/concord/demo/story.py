"""How a story is told: each act is one transaction by one person at one moment."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from concord import clock
from concord.actors import SYSTEM, Actor
from concord.demo.days import working_day
from concord.demo.words import Words, spoken
from concord.identity.actors import actors_of
from concord.identity.models import User
from concord.installation import Installation
from concord.notifications.outbox import UNHEARD

Play = Callable[[Session, Actor], None]
LAST_OF_TODAY = timedelta(hours=11)
"""The story of today ends at eleven; where it is earlier, its hours are shortened to fit."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Something that somebody will do at a moment of the story."""

    at: datetime
    person: str | None
    play: Play


@dataclass(slots=True)
class Story:
    """The demo world as it is being told.

    `language` is the world's main language; `brief` tells only what tests need. `people` maps a
    person's key to the user's id, `records` a record's key to its id, across modules.

    The beginning is told at once (`act`). What comes later is planned by every module and played
    in the order of time, so that each timeline grows as it did in life.
    """

    installation: Installation
    language: str
    brief: bool = False
    people: dict[str, int] = field(default_factory=dict)
    records: dict[str, int] = field(default_factory=dict)
    started: datetime = field(default_factory=clock.now)
    scenes: list[Scene] = field(default_factory=list)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def say(self, en: str, zh: str) -> str:
        """A text in the world's language."""
        return self.text(Words(en, zh))

    def text(self, words: Words) -> str:
        """A text that mentions nobody, with its days filled in."""
        return spoken(words, self.language, self.today, str).text

    def speak(self, session: Session, words: Words) -> tuple[str, list[int]]:
        """A text, and the users whom it mentions."""
        said = spoken(words, self.language, self.today, lambda key: self.user(session, key).name)
        return said.text, [self.people[key] for key in said.mentioned]

    @property
    def today(self) -> date:
        return self.started.astimezone(self._zone).date()

    def day(self, distance: int) -> date:
        """The day that many working days from today, before it where negative."""
        return working_day(self.today, distance)

    def at(self, distance: int, clock_time: str) -> datetime:
        """A time of day, as `9:15`, so many working days from today."""
        hour, _colon, minute = clock_time.partition(":")
        return datetime.combine(self.day(distance), time(int(hour), int(minute)), self._zone)

    def moment(self, days_ago: int, clock_time: str = "9:00") -> datetime:
        """When something was done, working days before the telling; never in the future."""
        wanted = self.at(-days_ago, clock_time)
        if days_ago == 0:
            midnight = self.at(0, "0:00")
            shortened = min(1.0, (self.started - midnight) / LAST_OF_TODAY)
            wanted = midnight + (wanted - midnight) * shortened
        return min(wanted, self.started - timedelta(seconds=1))

    @contextmanager
    def act(
        self, person: str | None, days_ago: int = 0, clock_time: str = "9:00"
    ) -> Iterator[tuple[Session, Actor]]:
        """One transaction by `person` (a key) at that moment; committed when the block ends."""
        with self._acting(person, self.moment(days_ago, clock_time)) as acting:
            yield acting

    def plan(self, person: str | None, days_ago: int, clock_time: str, play: Play) -> None:
        """Have `person` do something at that moment, when the story comes to it."""
        self.scenes.append(Scene(self.moment(days_ago, clock_time), person, play))

    def play(self) -> None:
        """Tell everything planned, oldest first; what one person does at one moment is one act."""
        ordered = sorted(self.scenes, key=lambda scene: scene.at)
        for (at, person), scenes in groupby(ordered, key=lambda scene: (scene.at, scene.person)):
            with self._acting(person, at) as (session, actor):
                for scene in scenes:
                    scene.play(session, actor)
        self.scenes.clear()

    def user(self, session: Session, person: str) -> User:
        return session.get_one(User, self.people[person])

    def actor(self, session: Session, person: str | None) -> Actor:
        """Who `person` is; the system where nobody is named."""
        if person is None:
            return SYSTEM
        if person not in self._actors:
            user_id = self.people[person]
            self._actors[person] = actors_of(session, [user_id])[user_id][0]
        return self._actors[person]

    @contextmanager
    def _acting(self, person: str | None, at: datetime) -> Iterator[tuple[Session, Actor]]:
        with clock.telling(at), self.installation.database.writing() as session:
            actor = self.actor(session, person)
            session.info["actor"] = actor
            session.info[UNHEARD] = True
            yield session, actor
            session.commit()

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.installation.settings.timezone)
