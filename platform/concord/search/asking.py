"""What somebody typed, as tokens: every word counts, the last one may go on."""

from collections.abc import Sequence
from dataclasses import dataclass

from concord.search.names import sounding_alike
from concord.search.tokens import is_han, is_paired, joined, pairs, pieces

LONGEST = 200
MOST_WORDS = 10


@dataclass(frozen=True, slots=True)
class Token:
    """What must stand in a document: whole, or as the beginning of something (`open`)."""

    text: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, read. `words` are its pieces, `joined` all of them without what separates them."""

    text: str
    words: tuple[str, ...]
    joined: str

    @property
    def empty(self) -> bool:
        return not self.words

    def tokens(self, *, last_only: bool = False) -> tuple[Token, ...]:
        """Tokens that must all be there; with `last_only` only the last word may go on."""
        return tuple(
            token
            for at, word in enumerate(self.words)
            for token in tokens_of(word, may_go_on=not last_only or at == len(self.words) - 1)
        )

    @property
    def sounds(self) -> list[str]:
        """Where it is Chinese, the letters of names that other characters may be meant for."""
        chinese = is_han(self.joined) and len(self.joined) > 1
        return list(sounding_alike(self.joined)) if chinese else []


def ask(text: str) -> Asked:
    """Read a query; what is longer than anybody types is cut off."""
    text = text[:LONGEST]
    return Asked(text.strip(), tuple(dict.fromkeys(pieces(text)[:MOST_WORDS])), joined(text))


def tokens_of(word: str, *, may_go_on: bool = True) -> Sequence[Token]:
    if not is_paired(word):
        return (Token(word, open=may_go_on),)
    if len(word) == 1:
        return (Token(word, open=True),)
    return [Token(pair) for pair in pairs(word)]
