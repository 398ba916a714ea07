"""A million entries: where each stands, what it says, and the words by which it is found."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from concord.actors import Audience
from concord.search.preparing import entry_scope, entry_words
from tests.bench.copying import Connection, copy
from tests.bench.shape import CREDIT_EVERY, KINDS, TEXTS, Shape, owner
from tests.bench.words import bodies

ENTRY = (
    "id", "at", "actor_id", "actor_name", "actor_face", "kind", "fact_type", "fact_version",
    "payload", "body", "record_id",
)  # fmt: skip
LINK = (
    "record_id", "position", "entry_id", "audience", "company_id", "audience_position",
    "field_group",
)  # fmt: skip
FACTS = {
    "note": "note.posted", "call": "call.logged", "meeting": "meeting.logged",
    "email": "email.logged", "message": "message.posted",
}  # fmt: skip


def fill_timelines(
    connection: Connection, shape: Shape, titles: Sequence[str], users: Mapping[int, str]
) -> None:
    """Two passes over the same draws: the entries, then their links, words and counters."""
    texts = [*bodies(TEXTS)]
    drawn = _Drawn(shape)
    copy(connection, "concord_timeline_entries", ENTRY, drawn.entries(titles, users, texts))
    copy(connection, "concord_timeline_links", LINK, drawn.links())
    counters = [(record, 0, 0, count) for record, count in drawn.staff.items()]
    counters += [(record, 1, record, count) for record, count in drawn.shared.items()]
    columns = ("record_id", "audience", "company_id", "position")
    copy(connection, "concord_timeline_streams", columns, sorted(counters))
    words = [entry_words(text) for text in texts]
    copy(connection, "concord_search_entries", ("entry_id", "scope", "words"), drawn.words(words))


class _Drawn:
    """Each entry by its number: where it stands, of what kind it is, and which text it has."""

    def __init__(self, shape: Shape) -> None:
        luck = random.Random(15)
        self.shape = shape
        self.places = shape.places(luck)
        kinds, weights = zip(*KINDS, strict=True)
        self.kinds = luck.choices(kinds, weights, k=len(self.places))
        self.staff: Counter[int] = Counter()
        self.shared: Counter[int] = Counter()

    def entries(
        self, titles: Sequence[str], users: Mapping[int, str], texts: Sequence[str]
    ) -> Iterator[tuple[Any, ...]]:
        luck, total = random.Random(16), len(self.places)
        for at, (place, kind) in enumerate(zip(self.places, self.kinds, strict=True)):
            actor_id, title = owner(luck), titles[place - 1]
            moment = self.shape.moment(at, total)
            body: str | None = None
            if kind == "event":
                name = "company.credit_changed" if _is_of_credit(at) else "company.changed"
                said = {"said_en": "Tier: Silver → Gold", "said_zh": "等级:银牌 → 金牌"}
                payload: dict[str, Any] = {"title": title, "fields": ["tier"], **said}
            else:
                body = texts[_text(at)]
                name, payload = FACTS[kind], {"title": title, "excerpt": body[:140]}
            yield (
                at + 1, moment, actor_id, users[actor_id], "staff", kind, name, 1,
                orjson.dumps(payload).decode(), body, place,
            )  # fmt: skip

    def links(self) -> Iterator[tuple[Any, ...]]:
        for at, (place, kind) in enumerate(zip(self.places, self.kinds, strict=True)):
            self.staff[place] += 1
            position, company, theirs = self.staff[place], None, None
            audience = Audience.CUSTOMER if kind == "message" else Audience.INTERNAL
            if audience:
                self.shared[place] += 1
                company, theirs = place, self.shared[place]
            group = "credit" if kind == "event" and _is_of_credit(at) else None
            yield (place, position, at + 1, int(audience), company, theirs, group)

    def words(self, words: Sequence[str]) -> Iterator[tuple[int, str, str]]:
        for at, (place, kind) in enumerate(zip(self.places, self.kinds, strict=True)):
            if kind != "event":
                scope = entry_scope(Audience.CUSTOMER, place) if kind == "message" else ""
                yield at + 1, scope, words[_text(at)]


def _text(at: int) -> int:
    """Neighbours in time have nothing in common."""
    return at * 7919 % TEXTS


def _is_of_credit(at: int) -> bool:
    return at % CREDIT_EVERY == 0
