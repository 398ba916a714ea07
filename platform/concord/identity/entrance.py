"""The door as a browser meets it: attempts counted, passwords checked, cookies given and taken."""

import time
from dataclasses import dataclass
from datetime import timedelta

from flask import Response, after_this_request, g, request
from flask_babel import gettext as _
from flask_login import login_user, logout_user

from concord.actors import Actor
from concord.errors import ConcordError, Invalid
from concord.identity import confirming, passwords, sign_in, throttle
from concord.identity.devices import known_device, remember_device
from concord.identity.email import as_typed
from concord.identity.models import User
from concord.identity.sessions import end_session
from concord.identity.throttle import Bucket, Limit, block_of
from concord.installation import current_installation
from concord.web.marks import N_
from concord.web.request import actor_or_none, close_session, session

QUARTER = timedelta(minutes=15)
ACCOUNT = Limit("sign-in:account", 10, QUARTER)
DEVICE = Limit("sign-in:device", 10, QUARTER)
BLOCK = Limit("sign-in:block", 15, QUARTER)
REPEATED = Limit("password:repeated", 10, QUARTER)


class WrongPassword(ConcordError):
    """Somebody could not say who they are; whether the account exists stays unsaid."""

    status = 401
    title = N_("The address or the password is not right.")


@dataclass(frozen=True, slots=True)
class Entering:
    """A person as Flask-Login wants to see one."""

    user_id: int

    def get_id(self) -> str:
        return str(self.user_id)


def proven(email: str, password: str) -> User:
    """The person whose address and password these are; WrongPassword, or TooMany after too many.

    Opens and closes sessions of its own: hashing takes time, and holds up no other writer.
    """
    close_session()
    address = as_typed(email)
    buckets = _buckets(address)
    throttle.attempt(*buckets)
    user = _matching(address, password)
    remember_device(address)
    _forgive(buckets)
    return user


def let_in(
    user: User, *, way: str = "password", lasting: bool = False, membership_id: int | None = None
) -> Actor:
    """Start a session for a person who proved who they are; the one before it ends."""
    before = actor_or_none()
    if before is not None and before.session_id is not None:
        end_session(session(), before)
    admitted = sign_in.admit(
        session(),
        user,
        way=way,
        lasting=lasting,
        device=request.user_agent.string,
        address=request.remote_addr or "",
        membership_id=membership_id,
    )
    if admitted is None:
        raise WrongPassword
    token, actor = admitted
    g.signed_in = (token, lasting)
    login_user(Entering(user.id), force=True)
    return actor


def let_out(actor: Actor) -> None:
    sign_in.leave(session(), actor)
    g.signed_out = True
    logout_user()


def repeated(actor: Actor, password: str, *, field: str = "password") -> None:
    """Make sure that the person at the keyboard is still the one who signed in; else Invalid."""
    close_session()
    throttle.attempt(REPEATED.of(actor.user_id))
    with current_installation().database.reading() as reading:
        user = reading.get_one(User, actor.user_id)
    if not passwords.matches(user.password_hash, password):
        raise Invalid({field: [_("This is not your password.")]})
    throttle.forgive(session(), [REPEATED.of(actor.user_id)])
    confirming.confirm(session(), actor)


def answer_after(seconds: float) -> None:
    """Hold this answer back until `seconds` after now: how long the work took stays unknown."""
    due = time.monotonic() + seconds

    @after_this_request
    def wait(response: Response) -> Response:
        close_session()
        time.sleep(max(0.0, due - time.monotonic()))
        return response


def _buckets(email: str) -> tuple[Bucket, ...]:
    """What an attempt counts against. A device known to the account has a bucket to itself."""
    device = known_device(email)
    if device is not None:
        return (DEVICE.of(f"{device}:{email}"),)
    return (ACCOUNT.of(email), BLOCK.of(block_of(request.remote_addr)))


def _matching(email: str, password: str) -> User:
    with current_installation().database.reading() as reading:
        account = sign_in.account_of(reading, email)
    if not passwords.matches(account.password_hash, password):
        note_failed(account.user_id)
        raise WrongPassword
    user = session().get(User, account.user_id)
    if user is None or user.password_hash != account.password_hash or user.disabled_at is not None:
        raise WrongPassword
    if user.password_hash and passwords.outdated(user.password_hash):
        user.password_hash = passwords.hashed(password)
    return user


def note_failed(user_id: int | None) -> None:
    """Keep, beside the request, that somebody failed to prove who they are."""
    with current_installation().database.writing() as writing:
        sign_in.note_failure(writing, user_id)
        writing.commit()


def _forgive(buckets: tuple[Bucket, ...]) -> None:
    for bucket in sorted(buckets, key=lambda one: one.key):
        if bucket.limit is BLOCK:
            throttle.give_back(session(), bucket)
        else:
            throttle.forgive(session(), [bucket])
