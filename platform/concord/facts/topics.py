"""Topics: what facts are about for the person who chooses which of them to hear of, and how."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import LazyString

from concord.actors import Face


class MailWhen(StrEnum):
    """How soon a person is told by mail."""

    NOW = "now"
    DIGEST = "digest"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The ways on which something reaches a person."""

    program: bool = True
    mail: MailWhen = MailWhen.NONE
    push: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A group of fact types under one heading, and how they are told unless somebody chooses.

    `staff` is the default inside the house, `outside` that of customers and suppliers, who are
    seldom in the program.
    """

    key: str
    label: LazyString
    hint: LazyString
    icon: str
    staff: Delivery = Delivery(mail=MailWhen.DIGEST)
    outside: Delivery = Delivery(mail=MailWhen.NOW)
    order: int = 50

    def default(self, face: Face) -> Delivery:
        return self.staff if face in (Face.STAFF, Face.SYSTEM) else self.outside


class Topics:
    """The registered topics, in the order in which people see them."""

    def __init__(self, topics: Iterable[Topic] = ()) -> None:
        self._by_key: dict[str, Topic] = {}
        for topic in sorted(topics, key=lambda topic: topic.order):
            if topic.key in self._by_key:
                raise LookupError(f"two topics are called {topic.key!r}")
            self._by_key[topic.key] = topic

    def __iter__(self) -> Iterator[Topic]:
        return iter(self._by_key.values())

    def get(self, key: str) -> Topic | None:
        return self._by_key.get(key)

    def __getitem__(self, key: str) -> Topic:
        return self._by_key[key]
