"""Passwords: hashed with Argon2id, checked in the same time for everybody, few at once."""

import threading
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import gettext as _

from concord.errors import Invalid
from concord.identity.common_passwords import COMMON

SHORTEST = 10
LONGEST = 256
FEWEST_DIFFERENT = 5

# Argon2id as OWASP's password storage cheat sheet asks for: 19 MiB, two passes, one lane.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Each check takes 19 MiB: more at once would only take memory, not time.
AT_ONCE = threading.BoundedSemaphore(4)


def hashed(password: str) -> str:
    with AT_ONCE:
        return HASHER.hash(_prepared(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether `password` is the one whose hash is `kept`; as slow where nothing is kept."""
    with AT_ONCE:
        try:
            HASHER.verify(kept or _nobodys(), _prepared(password))
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def outdated(kept: str) -> bool:
    """The hash was made with weaker parameters than today's."""
    return HASHER.check_needs_rehash(kept)


def check_new(password: str, *, email: str, field: str = "password") -> None:
    """Raise Invalid, for `field`, with a sentence for a password that would be guessed."""
    folded = unicodedata.normalize("NFKC", password).casefold()
    if len(password) < SHORTEST:
        sentence = _("Use at least %(count)s characters.", count=SHORTEST)
    elif len(password) > LONGEST:
        sentence = _("Use at most %(count)s characters.", count=LONGEST)
    elif folded in COMMON or len(set(folded)) < FEWEST_DIFFERENT:
        sentence = _("This password is among the first that anybody would try.")
    elif folded in (email, email.partition("@")[0]):
        sentence = _("Your mail address is not a good password.")
    else:
        return
    raise Invalid({field: [sentence]})


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return HASHER.hash("a password that nobody has")


def _prepared(password: str) -> str:
    """The same text whichever way the keyboard composed it; bounded."""
    return unicodedata.normalize("NFKC", password[: 4 * LONGEST])
