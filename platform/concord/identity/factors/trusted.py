"""Trusted devices: a browser that gave the second factor is not asked for thirty days."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import request
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from concord.clock import now
from concord.errors import NotFound
from concord.identity.factors.models import TrustedDevice
from concord.identity.sessions import DEVICE_LENGTH
from concord.keys import hashed_token
from concord.web.cookies import set_cookie_later

COOKIE = "concord_trusted"
FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Trusted:
    """A trusted device, as its owner sees it."""

    id: int
    device: str
    created_at: datetime
    expires_at: datetime
    is_this: bool


def is_trusted(session: Session, user_id: int) -> bool:
    """Whether this browser is one that the person trusts."""
    token = request.cookies.get(COOKIE)
    if not token:
        return False
    found = select(TrustedDevice.id).where(
        TrustedDevice.user_id == user_id,
        TrustedDevice.token_hash == hashed_token(token),
        TrustedDevice.expires_at > now(),
    )
    return session.scalar(found) is not None


def trust(session: Session, user_id: int) -> None:
    """Trust this browser from now on; the answer carries its cookie. Several people may."""
    token = request.cookies.get(COOKIE) or secrets.token_urlsafe(32)
    mine = TrustedDevice.user_id == user_id
    known = TrustedDevice.token_hash == hashed_token(token)
    session.execute(delete(TrustedDevice).where(mine, known | (TrustedDevice.expires_at <= now())))
    session.add(
        TrustedDevice(
            user_id=user_id,
            token_hash=hashed_token(token),
            device=request.user_agent.string[:DEVICE_LENGTH],
            expires_at=now() + FOR,
        )
    )
    set_cookie_later(COOKIE, token, FOR)


def trusted_by(session: Session, user_id: int) -> list[Trusted]:
    """The devices somebody trusts, the newest first."""
    this = hashed_token(request.cookies.get(COOKIE, ""))
    query = select(TrustedDevice).where(
        TrustedDevice.user_id == user_id, TrustedDevice.expires_at > now()
    )
    return [
        Trusted(row.id, row.device, row.created_at, row.expires_at, row.token_hash == this)
        for row in session.scalars(query.order_by(TrustedDevice.id.desc()))
    ]


def distrust(session: Session, user_id: int, device_id: int) -> None:
    """Ask that device again; NotFound where it is not this person's."""
    found = session.get(TrustedDevice, device_id)
    if found is None or found.user_id != user_id:
        raise NotFound
    session.delete(found)


def distrust_all(session: Session, user_id: int) -> None:
    session.execute(delete(TrustedDevice).where(TrustedDevice.user_id == user_id))
