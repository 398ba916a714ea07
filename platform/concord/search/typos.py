"""Words with one letter wrong: looked for among the words of names, never shown."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.search.asking import Asked, Token, tokens_of
from concord.search.models import SearchTypo
from concord.search.names import misspelt, one_letter_apart
from concord.search.preparing import SHORTEST_TYPED
from concord.search.tokens import is_paired

MOST_GUESSES = 12
MOST_READ = 200


def corrected(session: Session, asked: Asked) -> list[list[Token]]:
    """The query with each long word in turn as it may have been meant, and with all of them."""
    found: list[list[Token]] = []
    guesses = {word: _meant(session, word) for word in {*asked.words, asked.joined}}
    for at, word in enumerate(asked.words):
        for guess in guesses[word]:
            words = (*asked.words[:at], guess, *asked.words[at + 1 :])
            found.append([token for each in words for token in tokens_of(each)])
    best = [(guesses[word] or [word])[0] for word in asked.words]
    if sum(map(bool, map(guesses.get, asked.words))) > 1:
        found.append([token for each in best for token in tokens_of(each)])
    if len(asked.words) > 1:
        found.extend([Token(guess, open=True)] for guess in guesses[asked.joined])
    return found


def _meant(session: Session, word: str) -> list[str]:
    if is_paired(word) or len(word) < SHORTEST_TYPED or word.isdigit():
        return []
    query = select(SearchTypo.word).where(SearchTypo.variant.in_(misspelt(word))).distinct()
    near = session.scalars(query.limit(MOST_READ))
    return sorted(guess for guess in near if guess != word and one_letter_apart(word, guess))[
        :MOST_GUESSES
    ]
