"""Passkeys: several for a person, each with a name; alone at the door, or beside the password."""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from ipaddress import ip_address
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import orjson
from flask import request
from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from concord import organisation
from concord.clock import now
from concord.errors import ConcordError, Gone, Invalid
from concord.identity import ceremonies
from concord.identity.factors.models import Passkey
from concord.identity.models import User
from concord.installation import current_installation
from concord.keys import derived_key
from concord.web.marks import N_

NEW = "passkey:new"
MOST = 20
LONGEST = 16 * 1024
TOO_MANY = N_("You have many passkeys already: remove one first.")


class WrongPasskey(ConcordError):
    """What the browser brought does not prove anything."""

    status = 401
    title = N_("This passkey was not accepted. Try again, or choose another way.")


def elsewhere() -> str | None:
    """The address under which passkeys work, if it is not the one that was asked."""
    name = _name()
    here = request.host.partition(":")[0]
    if here == name or here.endswith(f".{name}"):
        return None
    origins = current_installation().settings.origins
    return next((origin for origin in origins if urlsplit(origin).hostname == name), name)


def passkeys_of(session: Session, user_id: int) -> list[Passkey]:
    """A person's passkeys, oldest first."""
    query = select(Passkey).where(Passkey.user_id == user_id)
    return list(session.scalars(query.order_by(Passkey.id)))


def offer_new(session: Session, user: User) -> str:
    """What the browser needs to make a passkey, as JSON."""
    asked = _library().creation(
        _place(),
        organisation.name(),
        handle=_handle(user.id),
        email=user.email,
        name=user.name,
        known=passkeys_of(session, user.id),
    )
    ceremonies.begin(session, NEW, key=asked.challenge.hex(), user_id=user.id)
    return str(asked.options)


def add(session: Session, user: User, answer: str, name: str) -> Passkey:
    """Keep the passkey that the browser made. Raises WrongPasskey, Gone or Invalid."""
    if len(passkeys_of(session, user.id)) >= MOST:
        raise Invalid({"name": [_(TOO_MANY)]})
    credential = _parsed(answer)
    challenge = _finish(session, NEW, credential, user.id)
    library = _library()
    try:
        made = library.created(_place(), credential, challenge)
    except library.Unproven:
        raise WrongPasskey from None
    if session.scalar(select(Passkey.id).where(Passkey.credential == made.credential)) is not None:
        raise Invalid({"_": [_("This passkey is here already.")]})
    passkey = Passkey(
        user_id=user.id,
        credential=made.credential,
        public_key=made.public_key,
        sign_count=made.sign_count,
        transports=made.transports,
        name=name,
    )
    session.add(passkey)
    return passkey


def ask(session: Session, purpose: str, user_id: int | None = None) -> str:
    """What the browser needs to use a passkey, as JSON: of `user_id`, or of whoever is there."""
    known = [] if user_id is None else passkeys_of(session, user_id)
    asked = _library().request(_place(), known=known, verified=user_id is None)
    ceremonies.begin(session, purpose, key=asked.challenge.hex(), user_id=user_id)
    return str(asked.options)


def check(session: Session, purpose: str, answer: str, user_id: int | None = None) -> int:
    """Whose passkey answered `ask()`. Raises WrongPasskey or Gone.

    Alone it stands for password and second factor, so the device must have asked for a finger,
    a face or a code; beside a password it is enough that somebody touched it.
    """
    credential = _parsed(answer)
    challenge = _finish(session, purpose, credential, user_id)
    passkey = _owned(session, credential, user_id)
    library = _library()
    try:
        count = library.used(_place(), credential, challenge, passkey, verified=user_id is None)
    except library.Unproven:
        raise WrongPasskey from None
    used = update(Passkey).where(Passkey.id == passkey.id, Passkey.sign_count == passkey.sign_count)
    used = used.values(sign_count=count, last_used_at=now())
    if session.execute(used).rowcount != 1:  # type: ignore[attr-defined]
        raise WrongPasskey
    return passkey.user_id


def _owned(session: Session, credential: Mapping[str, Any], user_id: int | None) -> Passkey:
    """The passkey that answered; of the person asked, or of the one it says it belongs to."""
    known = Passkey.credential == str(credential.get("id", ""))
    found = session.scalars(select(Passkey).where(known)).one_or_none()
    if found is None or user_id not in (None, found.user_id):
        raise WrongPasskey
    said = credential["response"].get("userHandle")
    if (said or user_id is None) and said != _encoded(_handle(found.user_id)):
        raise WrongPasskey
    return found


def _finish(
    session: Session, purpose: str, credential: Mapping[str, Any], user_id: int | None
) -> bytes:
    """The challenge that the browser answered, which nobody may answer again."""
    try:
        said = orjson.loads(_decoded(credential["response"]["clientDataJSON"]))
        challenge = _decoded(said["challenge"])
    except (ValueError, TypeError, KeyError, AttributeError):
        raise WrongPasskey from None
    if ceremonies.finish(session, purpose, challenge.hex()).user_id != user_id:
        raise Gone(ceremonies.TOO_LATE)
    return challenge


def _parsed(answer: str) -> dict[str, Any]:
    try:
        found = orjson.loads(answer) if len(answer) <= LONGEST else None
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise WrongPasskey
    return found


def _library() -> ModuleType:
    from concord.identity.factors import webauthn_ceremony

    return webauthn_ceremony


def _place() -> Any:
    return _library().Place(_name(), tuple(current_installation().settings.origins))


def _name() -> str:
    """Browsers make no passkeys for numbers: reached by one, we make them for `localhost`."""
    host = urlsplit(current_installation().settings.base_url).hostname or "localhost"
    try:
        ip_address(host)
    except ValueError:
        return host
    return "localhost"


def _handle(user_id: int) -> bytes:
    """How a passkey names its owner: it says nothing of them to whoever reads the device."""
    return hmac.new(derived_key("passkey"), str(user_id).encode(), hashlib.sha256).digest()


def _encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
