"""Rings: after a commit, the rooms of whoever may see what happened hear a position."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, TypeAlias

import structlog
from prometheus_client import Counter, Histogram

from concord.actors import Actor, Audience, Face, Scope
from concord.facts.record import Link
from concord.timeline.positions import field_groups

RINGS = "concord.rings"
log = structlog.get_logger()

LAG = Histogram(
    "concord_ring_seconds",
    "Seconds from a commit until a ring left this process.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
)
LOST = Counter("concord_rings_lost", "Rings that could not be sent; readers catch up by position.")


@dataclass(frozen=True, slots=True)
class RecordRing:
    """Something happened on a record: each reader hears the position that they count.

    `grouped` says how many entries of each field group stand on the record up to this one: who
    does not hold a group counts without them.
    """

    record_id: int
    kind: str
    owner_id: int | None
    team_id: int | None
    position: int
    grouped: Mapping[str, int]
    field_group: str | None
    audience: Audience
    company_id: int | None
    audience_position: int | None

    @classmethod
    def of(
        cls, link: Link, position: int, audience_position: int | None, grouped: Mapping[str, int]
    ) -> "RecordRing":
        record = link.record
        return cls(
            record_id=record.id,
            kind=record.kind,
            owner_id=record.owner_id,
            team_id=record.team_id,
            position=position,
            grouped=dict(grouped),
            field_group=link.field_group,
            audience=link.audience,
            company_id=link.company_id,
            audience_position=audience_position,
        )

    def sounds(self) -> list["Sound"]:
        topic = f"record:{self.record_id}"
        found = [
            Sound(
                staff_room(self.record_id, held), "changed", {"topic": topic, "position": counted}
            )
            for held, counted in self._staff()
        ]
        if self.audience is not Audience.INTERNAL and self.company_id is not None:
            room = outside_room(self.record_id, self.audience, self.company_id)
            shared = {"topic": topic, "position": self.audience_position}
            found.append(Sound(room, "changed", shared))
        return found + [
            Sound(room, "changed", {"topic": f"kind:{self.kind}"}) for room in self._kind()
        ]

    def _staff(self) -> Iterator[tuple[frozenset[str], int]]:
        """Each set of field groups that colleagues may hold, and what they count."""
        groups = sorted(field_groups())
        for size in range(len(groups) + 1):
            for held in combinations(groups, size):
                if self.field_group is None or self.field_group in held:
                    hidden = sum(n for group, n in self.grouped.items() if group not in held)
                    yield frozenset(held), self.position - hidden

    def _kind(self) -> list[str]:
        rooms = [kind_room(self.kind, Scope.ALL, 0)]
        if self.team_id is not None:
            rooms.append(kind_room(self.kind, Scope.TEAM, self.team_id))
        if self.owner_id is not None:
            rooms.append(kind_room(self.kind, Scope.OWN, self.owner_id))
        return rooms


@dataclass(frozen=True, slots=True)
class InboxRing:
    """Somebody was told something."""

    user_id: int
    position: int
    unread: int

    def sounds(self) -> list["Sound"]:
        heard = {"position": self.position, "unread": self.unread}
        return [Sound(inbox_room(self.user_id), "inbox", heard)]


@dataclass(frozen=True, slots=True)
class KindRing:
    """Several records of a kind moved at once: lists look again, within their reader's scope."""

    kind: str
    team_ids: frozenset[int] = frozenset()
    owner_ids: frozenset[int] = frozenset()

    def sounds(self) -> list["Sound"]:
        rooms = [kind_room(self.kind, Scope.ALL, 0)]
        rooms += [kind_room(self.kind, Scope.TEAM, team) for team in sorted(self.team_ids)]
        rooms += [kind_room(self.kind, Scope.OWN, owner) for owner in sorted(self.owner_ids)]
        return [Sound(room, "changed", {"topic": f"kind:{self.kind}"}) for room in rooms]


Ring: TypeAlias = RecordRing | InboxRing | KindRing


@dataclass(frozen=True, slots=True)
class Sound:
    """One event for one room, as the socket server emits it."""

    room: str
    name: str
    payload: dict[str, Any]
    rung_at: float = field(default_factory=time.perf_counter, compare=False)


Emit: TypeAlias = Callable[[Sound], None]
_emit: list[Emit] = []


def ring_through(emit: Emit) -> None:
    """Set how this process reaches the sockets; without it (a command line) nothing rings."""
    _emit[:] = [emit]


def ring(rings: Sequence[Ring]) -> None:
    """Ring, once per room. A lost ring is no loss: readers catch up by position."""
    if not _emit:
        return
    latest = {(sound.room, sound.name): sound for item in rings for sound in item.sounds()}
    for sound in latest.values():
        try:
            _emit[0](sound)
        except Exception:
            LOST.inc()
            log.warning("ring_lost", room=sound.room, exc_info=True)


def staff_room(record_id: int, held: frozenset[str]) -> str:
    """Staff who see a record, by the field groups they hold: each set counts in its own way."""
    return ":".join((f"record:{record_id}:staff", *sorted(held)))


def outside_room(record_id: int, audience: Audience, company_id: int) -> str:
    return f"record:{record_id}:{audience.word}:{company_id}"


def kind_room(kind: str, scope: Scope, reach: int) -> str:
    return f"kind:{kind}:{scope.value}:{reach}"


def inbox_room(user_id: int) -> str:
    return f"user:{user_id}"


def rooms_of_record(actor: Actor, record_id: int) -> list[str]:
    """The rooms in which `actor` hears of a record that they may see."""
    if actor.outside and actor.company_id is not None:
        return [outside_room(record_id, Audience.of(Face(actor.face)), actor.company_id)]
    return [staff_room(record_id, actor.field_groups & field_groups())]


def rooms_of_kind(actor: Actor, kind: str, scope: Scope) -> list[str]:
    """The rooms in which `actor` hears that some record of a kind moved, within their scope."""
    if scope is Scope.ALL:
        return [kind_room(kind, Scope.ALL, 0)]
    own = [kind_room(kind, Scope.OWN, actor.user_id or 0)]
    if scope is Scope.TEAM:
        return [*(kind_room(kind, Scope.TEAM, team) for team in sorted(actor.team_ids)), *own]
    return own
