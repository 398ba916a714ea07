"""Why a request that leaves did not end with an answer. The details are for the log, in English."""

from concord.outgoing.answers import Answer


class OutgoingError(Exception):
    """Base of them all. `name` is what people are told: nothing of the network inside."""

    name = "failed"


class Refused(OutgoingError):
    """The address is not one that this program asks; nothing was connected."""

    name = "refused"


class Unreachable(OutgoingError):
    """No connection, no valid certificate, or something that does not speak HTTP."""

    name = "unreachable"


class TooSlow(OutgoingError):
    """The answer was not complete in time."""

    name = "too_slow"


class TooLarge(OutgoingError):
    """The answer was longer than asked for; `answer` is its beginning, where its head was read."""

    name = "too_large"

    def __init__(self, detail: str = "", answer: Answer | None = None) -> None:
        super().__init__(detail)
        self.answer = answer
