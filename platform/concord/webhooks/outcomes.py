"""How one try ended."""

from dataclasses import dataclass
from datetime import timedelta

from concord.clock import now
from concord.outgoing.answers import Answer
from concord.webhooks.pace import wish_of

LONGEST_ANSWER = 2000
GONE = 410


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A status where there was an answer, else the name of an error; `wish` is its Retry-After."""

    status: int | None = None
    error: str | None = None
    milliseconds: int | None = None
    answer: str | None = None
    wish: timedelta | None = None
    is_withheld: bool = False

    @classmethod
    def of(cls, answer: Answer | None, seconds: float, error: str | None = None) -> "Outcome":
        milliseconds = round(seconds * 1000)
        if answer is None:
            return cls(error=error, milliseconds=milliseconds)
        return cls(
            status=answer.status,
            error=error,
            milliseconds=milliseconds,
            answer=_beginning(answer.body),
            wish=wish_of(answer.headers.get("retry-after"), now()),
        )

    @property
    def is_success(self) -> bool:
        """Only 2xx is: whoever has said so has it, however long the answer was."""
        return self.status is not None and 200 <= self.status < 300


WITHHELD = Outcome(is_withheld=True)


def _beginning(body: bytes) -> str:
    return body[:LONGEST_ANSWER].decode(errors="replace").replace("\x00", "�")
