"""Which of the records that were found is meant: the name first, the newest last."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from concord.installation import current_installation
from concord.records.sorting import normalised
from concord.search.asking import Asked, Token
from concord.search.names import spoken
from concord.search.tokens import joined


class Way(IntEnum):
    """How a record was found, the surest first."""

    NAME = 0
    TOGETHER = 1
    AROUND = 2
    TEXT = 3
    GUESS = 4


class Rank(IntEnum):
    """How well it is what was asked for."""

    TITLE = 0
    TITLE_BEGINS = 1
    TITLE_WORDS = 2
    ALIAS = 3
    TOGETHER = 4
    AROUND = 5
    TEXT = 6
    GUESS = 7


BY_WAY = {
    Way.TOGETHER: Rank.TOGETHER,
    Way.AROUND: Rank.AROUND,
    Way.TEXT: Rank.TEXT,
    Way.GUESS: Rank.GUESS,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that was found."""

    id: int
    record_id: int
    kind: str
    title: str
    title_key: str
    names: str
    aliases: str
    way: Way
    familiar: bool = False

    def rank(self, asked: Asked) -> Rank:
        if self.way is not Way.NAME:
            return BY_WAY[self.way]
        whole = normalised(asked.text)
        if self.title_key == whole or joined(self.title) == asked.joined:
            return Rank.TITLE
        if self.title_key.startswith(whole) or spoken(self.title).startswith(asked.joined):
            return Rank.TITLE_BEGINS
        if holds(self.names.split(), asked.tokens()):
            return Rank.TITLE_WORDS
        return Rank.ALIAS

    def answers(self, asked: Asked) -> bool:
        """Its name or another way to write it is what was asked for, or begins with it."""
        tokens = [*self.names.split(), *self.aliases.split()]
        whole = any(token.startswith(asked.joined) for token in tokens)
        return whole or holds(tokens, asked.tokens())

    def sure(self, asked: Asked) -> bool:
        """The title itself is what was asked for, or begins with it."""
        return len(asked.joined) > 1 and self.rank(asked) <= Rank.TITLE_WORDS


def ranked(found: Sequence[Candidate], asked: Asked) -> list[tuple[Rank, Candidate]]:
    """The best first; among equals what one has looked at, then by kind, then the newest."""
    order = {kind: place for place, kind in enumerate(current_installation().records.kinds())}
    rated = [(candidate.rank(asked), candidate) for candidate in found]

    def place(pair: tuple[Rank, Candidate]) -> tuple[int, bool, int, int]:
        rank, candidate = pair
        return rank, not candidate.familiar, order.get(candidate.kind, 99), -candidate.id

    return sorted(rated, key=place)


def holds(words: Sequence[str], tokens: Sequence[Token]) -> bool:
    """Every token is one of the words, or begins one."""
    return all(
        any(word.startswith(token.text) if token.open else word == token.text for word in words)
        for token in tokens
    )
