"""API tokens: a program acts as one person, at most within the scopes it was given."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, bindparam, or_, select, update
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.clock import now
from concord.errors import Invalid
from concord.identity.access import raise_epoch
from concord.identity.actors import ACTOR_COLUMNS, fold, joined_to_roles
from concord.identity.confirming import ensure_fresh
from concord.identity.models import ApiToken, PortalMembership, User
from concord.installation import current_installation
from concord.keys import hashed_token
from concord.prepared import execute

PREFIX = "concord_"
MINUTE = timedelta(minutes=1)


def add(
    session: Session,
    actor: Actor,
    user: User,
    *,
    name: str,
    scopes: Iterable[str] = (),
    membership_id: int | None = None,
    expires_at: datetime | None = None,
) -> tuple[ApiToken, str]:
    """A token for `user` and its secret, which is kept nowhere else.

    Without scopes it may do whatever its person may. Invalid for a scope that is no permission;
    ProofNeeded where the actor's session has not proved itself just now.
    """
    ensure_fresh(session, actor)
    wanted = sorted(set(scopes))
    if unknown := set(wanted) - set(current_installation().permissions()):
        raise Invalid({"scopes": [_("There is no permission %(name)s.", name=min(unknown))]})
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        token_hash=hashed_token(secret),
        user_id=user.id,
        membership_id=membership_id or _membership_of(session, user),
        name=name,
        scopes=wanted,
        expires_at=expires_at,
    )
    session.add(token)
    session.flush()
    return token, secret


def revoke(session: Session, actor: Actor, token: ApiToken) -> None:
    """Stop a token, and the sockets opened with it."""
    if token.revoked_at is None:
        token.revoked_at = now()
        raise_epoch(session)


def tokens_of(session: Session, user_id: int) -> list[ApiToken]:
    """A person's tokens that still work or only ran out, newest first."""
    query = select(ApiToken).where(ApiToken.user_id == user_id, ApiToken.revoked_at.is_(None))
    return list(session.scalars(query.order_by(ApiToken.id.desc())))


def actor_of_token(session: Session, token: str) -> Actor | None:
    """Who acts with `token`; None when it is unknown, revoked, run out, or its person shut out."""
    return _actor_where(session, "token_hash", hashed_token(token))


def actor_of_token_id(session: Session, token_id: int) -> Actor | None:
    """The same for work that a token began earlier: it must be good still."""
    return _actor_where(session, "id", token_id)


def _actor_where(session: Session, name: str, value: object) -> Actor | None:
    rows = execute(session, _token_with, None, name, value=value, moment=now()).all()
    actor = fold(list(rows), token_id=rows[0].token_id) if rows else None
    return _narrowed(actor, rows[0].scopes) if actor is not None else None


def _token_with(name: str) -> Select[Any]:
    column = getattr(ApiToken, name)
    query = select(*ACTOR_COLUMNS, ApiToken.id.label("token_id"), ApiToken.scopes)
    query = query.join(ApiToken, ApiToken.user_id == User.id)
    query = joined_to_roles(query, PortalMembership.id == ApiToken.membership_id)
    moment = bindparam("moment", type_=ApiToken.expires_at.type)
    return query.where(
        column == bindparam("value", type_=column.type),
        ApiToken.revoked_at.is_(None),
        or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > moment),
        User.disabled_at.is_(None),
    )


def note_use(session: Session, token_id: int) -> bool:
    """Note that a token was used, at most once a minute; whether there was something to note."""
    moment = now()
    stale = or_(ApiToken.last_used_at.is_(None), ApiToken.last_used_at < moment - MINUTE)
    used = update(ApiToken).where(ApiToken.id == token_id, stale).values(last_used_at=moment)
    return bool(session.execute(used).rowcount)  # type: ignore[attr-defined]


def _membership_of(session: Session, user: User) -> int | None:
    """What a token of an outside person acts through where nothing is said: the oldest one."""
    oldest = select(PortalMembership.id).where(PortalMembership.user_id == user.id)
    return None if user.is_staff else session.scalar(oldest.order_by(PortalMembership.id).limit(1))


def _narrowed(actor: Actor, scopes: list[str]) -> Actor:
    if not scopes:
        return actor
    kept = {name: scope for name, scope in actor.grants.items() if name in scopes}
    return replace(actor, grants=kept)
