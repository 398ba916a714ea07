"""Our own sessions: a row for each browser signed in, revocable at once; no row before sign-in."""

import secrets
from datetime import timedelta
from typing import Any

import structlog
from flask import Flask, Request, Response, g
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import Select, bindparam, delete, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.clock import now
from concord.errors import NotFound
from concord.identity import looking
from concord.identity.access import raise_epoch
from concord.identity.actors import ACTOR_COLUMNS, fold, joined_to_roles
from concord.identity.models import PortalMembership, SignedSession, User
from concord.installation import current_installation
from concord.keys import hashed_token
from concord.notifications.models import Inbox
from concord.prepared import execute
from concord.web import request as web
from concord.web.cookies import set_cookie

COOKIE = "concord_session"
SHORT = timedelta(hours=12)
LONG = timedelta(days=30)
MINUTE = timedelta(minutes=1)
DEVICE_LENGTH = 200

log = structlog.get_logger()


class BrowserSession(dict[str, Any], SessionMixin):
    """What Flask and Flask-Login see of a session: the user's id, nothing kept by it."""

    modified = False


class SessionsInTable(SessionInterface):
    """Opens the session row named by the cookie, with its person and rights, in one statement."""

    def open_session(self, app: Flask, request: Request) -> BrowserSession:
        g.actor, g.unread, g.inbox_position = None, 0, 0
        token = request.cookies.get(COOKIE)
        if not token or web.is_api() or request.path.startswith(("/static/", "/socket.io")):
            return BrowserSession()
        try:
            return self._opened(token, changes=request.method not in web.SAFE_METHODS)
        except (SQLAlchemyError, TimeoutError) as error:
            # Here no failure becomes an answer yet: the request fails with it once it has begun.
            g.not_opened = error
            return BrowserSession()

    def _opened(self, token: str, *, changes: bool) -> BrowserSession:
        rows, who = self._read_apart(token) if changes else _found(web.session(), token)
        if who is None:
            return BrowserSession()
        g.actor = who
        if who.looking is None:
            g.unread, g.inbox_position = rows[0].unread or 0, rows[0].inbox_position or 0
        g.session_seen_at = rows[0].last_seen_at
        g.needs_factor = rows[0].needs_factor
        if "session" in g:
            web.session().info["actor"] = g.actor
        return BrowserSession({"_user_id": str(rows[0].user_id), "_fresh": True})

    def _read_apart(self, token: str) -> tuple[list[Any], Actor | None]:
        """Before a change: its own session opens when it begins to write, not while the body still
        comes in. On SQLite a writing session keeps all other writers waiting."""
        with current_installation().database.read_session() as session:
            return _found(session, token)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if signed := g.get("signed_in"):
            token, lasting = signed
            set_cookie(response, COOKIE, token, LONG if lasting else None)
        elif g.get("signed_out"):
            response.delete_cookie(COOKIE)
        else:
            _note_visit()


def _note_visit() -> None:
    """Note, at most once a minute and in a transaction of its own, that the session is in use."""
    who, seen = web.actor_or_none(), g.get("session_seen_at")
    if who is None or seen is None or now() - seen < MINUTE:
        return
    web.close_session()
    visited = update(SignedSession).where(
        SignedSession.id == who.session_id, SignedSession.last_seen_at == seen
    )
    try:
        with current_installation().database.writing() as session:
            session.execute(visited.values(last_seen_at=now()))
            session.commit()
    except (SQLAlchemyError, TimeoutError):
        log.warning("visit_not_noted", exc_info=True)


def _found(session: Session, token: str) -> tuple[list[Any], Actor | None]:
    """The rows of a session and who acts in it, if it is one."""
    rows = read_session(session, token)
    real = fold(rows, session_id=rows[0].session_id) if rows else None
    return rows, None if real is None else looking.through(session, real, rows[0].data)


def read_session(session: Session, token: str) -> list[Any]:
    """The rows of a valid session (one for each role of its person), or none."""
    return list(execute(session, _session, None, token_hash=hashed_token(token), moment=now()))


def _session() -> Select[Any]:
    query = select(
        *ACTOR_COLUMNS,
        SignedSession.id.label("session_id"),
        SignedSession.last_seen_at,
        SignedSession.needs_factor,
        SignedSession.data,
        Inbox.unread,
        Inbox.position.label("inbox_position"),
    ).join(SignedSession, SignedSession.user_id == User.id)
    query = joined_to_roles(query, PortalMembership.id == SignedSession.membership_id)
    query = query.outerjoin(Inbox, Inbox.user_id == User.id)
    return query.where(
        SignedSession.token_hash == bindparam("token_hash", type_=SignedSession.token_hash.type),
        SignedSession.expires_at > bindparam("moment", type_=SignedSession.expires_at.type),
        User.disabled_at.is_(None),
    )


def start_session(
    session: Session,
    user: User,
    membership_id: int | None,
    *,
    lasting: bool,
    device: str,
    address: str,
    way: str = "password",
    needs_factor: bool = False,
) -> str:
    """A new session for `user`, who proved who they are; gives the token for the cookie."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignedSession(
            token_hash=hashed_token(token),
            user_id=user.id,
            membership_id=membership_id,
            device=device[:DEVICE_LENGTH],
            address=address,
            expires_at=now() + (LONG if lasting else SHORT),
            way=way,
            proved_at=now(),
            needs_factor=needs_factor,
        )
    )
    return token


def end_session(session: Session, actor: Actor) -> None:
    """Sign this browser out: its cookie and its sockets stop working."""
    session.execute(delete(SignedSession).where(SignedSession.id == actor.session_id))
    raise_epoch(session)


def end_sessions_of(session: Session, user_id: int, *, but: int | None = None) -> None:
    """Sign a person out everywhere, except in the session `but`."""
    ended = delete(SignedSession).where(SignedSession.user_id == user_id)
    if but is not None:
        ended = ended.where(SignedSession.id != but)
    session.execute(ended)
    raise_epoch(session)


def end_session_of(session: Session, user_id: int, session_id: int) -> None:
    """Sign one of somebody's browsers out; NotFound where it is not theirs."""
    ended = delete(SignedSession).where(SignedSession.user_id == user_id)
    if session.execute(ended.where(SignedSession.id == session_id)).rowcount != 1:  # type: ignore[attr-defined]
        raise NotFound
    raise_epoch(session)
