"""What can go wrong for a reason a person can understand; the web turns each into an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, ClassVar

from concord.web.marks import N_

# An answer is not made long by sending many mistakes, or one with a long name.
MOST_ERRORS = 200
LONGEST_NAME = 200


class ConcordError(Exception):
    """Base of the errors that carry a sentence for people."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = N_("Something went wrong")

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.title)
        self.detail = detail


class NotFound(ConcordError):
    """It is not there, or the caller may not know that it is."""

    status = 404
    title = N_("Not found")


class Gone(ConcordError):
    status = 410
    title = N_("This is no longer here")


class Unauthorized(ConcordError):
    status = 401
    title = N_("Sign in first")


class Forbidden(ConcordError):
    status = 403
    title = N_("You may see this, but not do that")


class Invalid(ConcordError):
    """Input that cannot be taken; `errors` maps each field to its sentences."""

    status = 422
    title = N_("Please check what you entered")

    def __init__(self, errors: Mapping[str, Sequence[str]], detail: str = "") -> None:
        super().__init__(detail)
        few = islice(errors.items(), MOST_ERRORS)
        self.errors = {name[:LONGEST_NAME]: list(sentences) for name, sentences in few}


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """One field that two people changed: what it was, what it is now, what was sent."""

    field: str
    original: Any
    theirs: Any
    mine: Any


class Conflict(ConcordError):
    """Somebody else changed the same fields meanwhile; nothing was saved."""

    status = 409
    title = N_("This changed while you were editing")

    def __init__(self, conflicts: Sequence[FieldConflict] = (), detail: str = "") -> None:
        super().__init__(detail)
        self.conflicts = tuple(conflicts)


class Stale(ConcordError):
    """An If-Match that no longer matches; `current` is the version now."""

    status = 412
    title = N_("This changed since you read it")

    def __init__(self, current: Any = None, detail: str = "") -> None:
        super().__init__(detail)
        self.current = current


class TooLarge(ConcordError):
    status = 413
    title = N_("This file is too large")


class TooMany(ConcordError):
    """Throttled; `retry_after` is in seconds."""

    status = 429
    title = N_("Too many attempts")

    def __init__(self, retry_after: int, detail: str = "") -> None:
        super().__init__(detail)
        self.retry_after = retry_after
