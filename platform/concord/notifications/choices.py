"""How each person wants to be told: by their choice for a fact or its topic, else as the house."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor, Face
from concord.facts.topics import Delivery, MailWhen
from concord.facts.types import AnyFactType
from concord.installation import current_installation
from concord.notifications.models import Choice
from concord.notifications.topics import MENTIONS, OTHER, topic_of
from concord.prepared import execute, numbers

SILENT = Delivery(program=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A delivery with its two reservations."""

    delivery: Delivery
    only_mine: bool = False
    muted_until: datetime | None = None

    @classmethod
    def of(cls, choice: Choice) -> "Chosen":
        ways = Delivery(program=choice.program, mail=MailWhen(choice.mail), push=choice.push)
        return cls(ways, choice.only_mine, choice.muted_until)

    def at(self, moment: datetime, *, mine: bool) -> Delivery:
        """How something is told at `moment`; `mine` says whether it is on what the person owns."""
        if self.only_mine and not mine:
            return replace(SILENT, mail=MailWhen.NONE)
        if self.muted_until is not None and moment < self.muted_until:
            kept = MailWhen.NONE if self.delivery.mail is MailWhen.NONE else MailWhen.DIGEST
            return replace(SILENT, mail=kept)
        return self.delivery


@dataclass(slots=True)
class Choices:
    """The choices of several people, loaded at once."""

    _by_key: Mapping[tuple[int, str], Chosen] = field(default_factory=dict)

    @classmethod
    def of(cls, session: Session, user_ids: Iterable[int]) -> "Choices":
        rows = execute(session, _chosen_by, None, user_ids=list(user_ids)).scalars()
        return cls({(row.user_id, row.topic): Chosen.of(row) for row in rows})

    def chosen(self, user_id: int, face: Face, fact_type: AnyFactType, reason: str) -> Chosen:
        """For one fact and the reason why the person hears of it."""
        topic = topic_of(fact_type, reason)
        apart = None if topic != fact_type.topic else self._by_key.get((user_id, fact_type.name))
        return apart or self.for_topic(user_id, face, topic)

    def for_topic(self, user_id: int, face: Face, topic: str) -> Chosen:
        topics = current_installation().topics
        found = self._by_key.get((user_id, topic))
        return found or Chosen((topics.get(topic) or OTHER).default(face))

    def apart(self, user_id: int, fact_type: str) -> Chosen | None:
        """What somebody chose for one fact type alone."""
        return self._by_key.get((user_id, fact_type))


def _chosen_by() -> Any:
    return select(Choice).where(Choice.user_id.in_(numbers("user_ids")))


def choose(session: Session, actor: Actor, topic: str, **values: Any) -> None:
    """Change parts of a choice: program, mail, push, only_mine, muted_until.

    `topic` is the key of a topic or the name of a fact type; what is not named stays as it was.
    """
    assert actor.user_id is not None
    kept = session.get(Choice, (actor.user_id, topic))
    if kept is None:
        kept = _as_until_now(session, actor, topic)
        session.add(kept)
    for name, value in values.items():
        setattr(kept, name, value)


def choose_as_topic(session: Session, actor: Actor, fact_type: str) -> None:
    """Have a fact type told as its topic is, again."""
    kept = session.get(Choice, (actor.user_id, fact_type))
    if kept is not None:
        session.delete(kept)


def topics_for(actor: Actor) -> dict[str, list[AnyFactType]]:
    """The topics that mean something to the actor's side, each with its fact types that tell."""
    found: dict[str, list[AnyFactType]] = {}
    facts = list(current_installation().facts)
    for topic in current_installation().topics:
        told = [
            fact_type
            for fact_type in facts
            if fact_type.topic == topic.key and fact_type.label is not None
            if not actor.outside or actor.face in fact_type.faces
        ]
        if told or topic.key in (MENTIONS.key, "followed"):
            found[topic.key] = told
    return found


def _as_until_now(session: Session, actor: Actor, topic: str) -> Choice:
    assert actor.user_id is not None
    fact_type = current_installation().facts.get(topic)
    choices = Choices.of(session, [actor.user_id])
    heading = topic if fact_type is None else fact_type.topic
    before = choices.for_topic(actor.user_id, Face(actor.face), heading)
    ways = before.delivery
    return Choice(
        user_id=actor.user_id,
        topic=topic,
        program=ways.program,
        mail=ways.mail.value,
        push=ways.push,
        only_mine=before.only_mine,
        muted_until=before.muted_until,
    )
