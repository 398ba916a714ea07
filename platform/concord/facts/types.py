"""Fact types: everything about a kind of fact in one place."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from string import Formatter
from typing import Any, Generic, TypeAlias, TypeVar

from flask_babel import LazyString
from sqlalchemy.orm import Session

from concord.actors import Actor, Face
from concord.records.models import Record


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Base of every payload: plain JSON values only, fields only ever added, with defaults."""

    def payload(self) -> dict[str, Any]:
        return dict(vars(self))


F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What happened, said after the actor's name, in both languages.

    Placeholders name payload fields. `many` says it for several merged facts, with `{count}`.
    """

    en: str
    zh: str
    many_en: str = ""
    many_zh: str = ""

    def render(self, language: str, payload: Mapping[str, Any]) -> str:
        return _fill(self.zh if language == "zh" else self.en, payload)

    def render_many(self, language: str, payload: Mapping[str, Any], count: int) -> str:
        template = self.many_zh if language == "zh" else self.many_en
        return _fill(
            template or (self.zh if language == "zh" else self.en), {**payload, "count": count}
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What a fact type may look at to say who is told. `mentions` are told in any case."""

    session: Session
    actor: Actor
    record: Record
    payload: Mapping[str, Any]
    audiences: frozenset[tuple[int, int | None]]


def nobody(told: Told) -> Iterable[int]:
    """Nobody is told: the timeline shows it."""
    return ()


def owner(told: Told) -> Iterable[int]:
    """The owner of the record is told."""
    return () if told.record.owner_id is None else (told.record.owner_id,)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactType(Generic[F]):
    """Owns a fact's sentence, look, readers outside, who is told, and its personal fields.

    `faces` are the outside faces that may read it where a link shares it. `template` renders its
    entry. `personal` names payload fields to erase with a person. `upcasts` maps an old version
    to a function that turns its payload into the next version's.

    `words` gives what stands below the sentence to a reader of a language, from payload and body,
    where that is not simply what was written.

    Where `tells` names people, `topic` is the heading under which they choose how to be told, and
    `label` what the fact is called there. `asks` says that it waits for an answer from them.
    """

    name: str
    fact: type[F]
    sentence: Sentence
    icon: str
    version: int = 1
    template: str = "timeline/event.html"
    faces: frozenset[Face] = frozenset()
    tells: Callable[[Told], Iterable[int]] = nobody
    personal: frozenset[str] = frozenset()
    words: Callable[[Mapping[str, Any], str, str], str] | None = None
    merges: bool = False
    topic: str = "other"
    label: LazyString | None = None
    asks: bool = False
    upcasts: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = field(default_factory=dict)

    def read(self, payload: dict[str, Any], version: int) -> dict[str, Any]:
        """A stored payload as of today: upcast, defaults filled in, unknown fields dropped."""
        while version < self.version:
            payload = self.upcasts[version](payload)
            version += 1
        known = {item.name for item in fields(self.fact)}
        return self.fact(**{key: value for key, value in payload.items() if key in known}).payload()

    def words_of(self, payload: Mapping[str, Any], body: str | None, language: str) -> str:
        """What stands below the sentence; `payload` as it was read."""
        return self.words(payload, body, language) if self.words and body else body or ""


AnyFactType: TypeAlias = FactType[Any]


class FactTypes:
    """The registered fact types, by name and by payload class."""

    def __init__(self, types: Iterable[AnyFactType] = ()) -> None:
        self._by_name: dict[str, AnyFactType] = {}
        self._by_class: dict[type[Fact], AnyFactType] = {}
        for fact_type in types:
            if fact_type.name in self._by_name:
                raise LookupError(f"two fact types are called {fact_type.name!r}")
            self._by_name[fact_type.name] = fact_type
            self._by_class[fact_type.fact] = fact_type

    def __iter__(self) -> Iterator[AnyFactType]:
        return iter(self._by_name.values())

    def get(self, name: str) -> AnyFactType | None:
        return self._by_name.get(name)

    def of(self, fact: Fact) -> AnyFactType:
        return self._by_class[type(fact)]


def placeholders(template: str) -> set[str]:
    """The names a sentence fills in."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def _fill(template: str, payload: Mapping[str, Any]) -> str:
    """Fill in names only: no attribute, index or format specification of a stored value."""
    parts = []
    for literal, name, _, _ in Formatter().parse(template):
        parts.append(literal)
        if name:
            parts.append(str(payload.get(name, "")))
    return "".join(parts)
