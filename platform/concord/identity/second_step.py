"""Between the password and the session: the person is known, and has to show a second factor."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Response, after_this_request, request
from sqlalchemy.orm import Session

from concord.errors import Gone
from concord.identity import ceremonies, requirement, throttle
from concord.identity.factors import codes, passkeys, recovery, trusted
from concord.identity.models import User
from concord.identity.throttle import Limit
from concord.web.cookies import set_cookie_later

PURPOSE = "second-step"
PASSKEY = "passkey:second"
COOKIE = "concord_second"
TRIES = Limit("second-step", 5, timedelta(minutes=15))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whose first proof was right, and how they want to come in.

    `link` is whom a provider vouched for just before: linked once the second proof is right, too.
    """

    user_id: int
    way: str
    lasting: bool
    to: str
    membership_id: int | None
    link: dict[str, Any] | None = None


def is_asked(session: Session, user: User, *, anywhere: bool = False) -> bool:
    """Whether this person has to show a second factor here; `anywhere`: on trusted devices too."""
    if not requirement.has_factor(session, user.id):
        return False
    return anywhere or not trusted.is_trusted(session, user.id)


def begin(session: Session, waiting: Waiting) -> None:
    """Remember in this browser, for ten minutes, who showed the first proof."""
    key = ceremonies.begin(
        session,
        PURPOSE,
        user_id=waiting.user_id,
        way=waiting.way,
        lasting=waiting.lasting,
        to=waiting.to,
        membership_id=waiting.membership_id,
        link=waiting.link,
    )
    set_cookie_later(COOKIE, key, ceremonies.VALID)


def waiting(session: Session) -> Waiting:
    """Who waits in this browser; Gone when nobody does any more."""
    found = ceremonies.find(session, PURPOSE, request.cookies.get(COOKIE, ""))
    return Waiting(found.user_id or 0, **found.data)


def finish(session: Session) -> Waiting:
    """Take the first proof away: it has been used."""
    found = ceremonies.finish(session, PURPOSE, request.cookies.get(COOKIE, ""))

    @after_this_request
    def send(response: Response) -> Response:
        response.delete_cookie(COOKIE)
        return response

    return Waiting(found.user_id or 0, **found.data)


def attempt(user_id: int) -> None:
    """Count one guess, whatever network it comes from; TooMany after five."""
    throttle.attempt(TRIES.of(user_id))


def forgive(session: Session, user_id: int) -> None:
    throttle.forgive(session, [TRIES.of(user_id)])


def code_matches(session: Session, user_id: int, code: str) -> str | None:
    """How `code` proves the person ("code", "recovery"), if it does; it is used up."""
    if codes.matches(session, user_id, code):
        return "code"
    return "recovery" if recovery.use(session, user_id, code) else None


def ask_passkey(session: Session) -> str:
    return passkeys.ask(session, PASSKEY, waiting(session).user_id)


def check_passkey(session: Session, user_id: int, answer: str) -> None:
    """Raises WrongPasskey or Gone."""
    if passkeys.check(session, PASSKEY, answer, user_id) != user_id:
        raise Gone(ceremonies.TOO_LATE)
