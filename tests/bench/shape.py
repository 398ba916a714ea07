"""How big a generated house is, and who owns how much in it."""

import random
from array import array
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

CROWDED = 42  # the customer with the long timeline
USERS, TEAMS = 50, 5
ADMINISTRATOR = USERS
MANAGERS = frozenset({USERS - 1, USERS - 2})
END = datetime(2026, 11, 1, 9, tzinfo=UTC)
YEARS_BACK = timedelta(days=3 * 365)
KINDS = (("note", 52), ("call", 14), ("meeting", 6), ("email", 10), ("message", 8), ("event", 10))
CREDIT_EVERY = 50  # events
TEXTS = 20_000  # different ones; each stands on many timelines
VERSION = 1  # of what is filled in: raised when it changes


@dataclass(frozen=True, slots=True)
class Shape:
    """`entries` on all timelines, and a hundredth of that more on customer 42."""

    entries: int

    @property
    def customers(self) -> int:
        return max(1_000, min(100_000, self.entries // 10))

    @property
    def contacts(self) -> int:
        return 2 * self.customers

    @property
    def tasks(self) -> int:
        return self.customers // 4

    @property
    def name(self) -> str:
        """That of its database."""
        return f"house_{self.entries}"

    def described(self) -> dict[str, Any]:
        """What a kept database must have been filled with to be used again."""
        return {**asdict(self), "version": VERSION}

    def places(self, luck: random.Random) -> "array[int]":
        """The customer of each entry, in the order of time."""
        count = self.customers
        found = array("q", (1 + int(count * luck.random() ** 2) for _ in range(self.entries)))
        found.extend(CROWDED for _ in range(self.entries // 100))
        luck.shuffle(found)
        return found

    def moment(self, at: int, total: int) -> datetime:
        """When entry number `at` was written: the further back, the fewer there are."""
        return END - YEARS_BACK * (1 - at / total) ** 2


def owner(luck: random.Random) -> int:
    """A few look after much."""
    return 1 + int(USERS * luck.random() ** 2)


def team_of(user_id: int) -> int:
    return 1 + user_id % TEAMS
