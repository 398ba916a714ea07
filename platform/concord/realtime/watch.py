"""The sockets of this process, and the look every two seconds whether their rights still hold."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.clock import now
from concord.identity.access import epoch
from concord.identity.actors import actors_of
from concord.identity.models import ApiToken, SignedSession
from concord.installation import Installation, using
from concord.realtime.topics import hearing

SECONDS = 2.0
FULL_LOOK_EVERY = 15
log = structlog.get_logger()


@dataclass(slots=True)
class Watched:
    """One open socket: who it is, and what it hears (topic → rooms)."""

    sid: str
    actor: Actor
    rooms: dict[str, list[str]] = field(default_factory=dict)


class Watch:
    """Keeps the sockets of one process; `look()` ends what is no longer allowed.

    `close(sid)` ends a socket, `leave(sid, room)` one of its rooms.
    """

    def __init__(
        self,
        installation: Installation,
        *,
        close: Callable[[str], None],
        leave: Callable[[str, str], None],
        enter: Callable[[str, str], None],
    ) -> None:
        self._installation = installation
        self._close, self._leave, self._enter = close, leave, enter
        self._sockets: dict[str, Watched] = {}
        self._lock = Lock()
        self._epoch = -1
        self._looks = 0

    def __len__(self) -> int:
        return len(self._sockets)

    def add(self, sid: str, actor: Actor) -> Watched:
        watched = Watched(sid, actor)
        with self._lock:
            self._sockets[sid] = watched
        return watched

    def get(self, sid: str) -> Watched | None:
        return self._sockets.get(sid)

    def remove(self, sid: str) -> None:
        with self._lock:
            self._sockets.pop(sid, None)

    def look(self) -> None:
        """One statement while nothing changed; a full look when rights did, and now and then."""
        self._looks += 1
        try:
            with using(self._installation), self._installation.database.reading() as session:
                current = epoch(session)
                if current == self._epoch and self._looks % FULL_LOOK_EVERY:
                    return
                sockets = self._snapshot()
                actors = self._still_signed_in(session, sockets)
                for watched in sockets:
                    actor = actors.get(watched.sid)
                    if actor is None:
                        self.remove(watched.sid)
                        self._close(watched.sid)
                    elif watched.rooms:
                        self._narrow(session, watched, actor)
                self._epoch = current
        except SQLAlchemyError:
            log.warning("rights_not_checked", exc_info=True)

    def _snapshot(self) -> list[Watched]:
        with self._lock:
            return list(self._sockets.values())

    def _still_signed_in(self, session: Session, sockets: list[Watched]) -> dict[str, Actor]:
        """The actor of each socket whose session or token still stands, with today's rights."""
        at = now()
        sessions = {w.actor.session_id for w in sockets if w.actor.session_id is not None}
        tokens = {w.actor.token_id for w in sockets if w.actor.token_id is not None}
        standing = set(
            session.scalars(
                select(SignedSession.id).where(
                    SignedSession.id.in_(sessions), SignedSession.expires_at > at
                )
            )
        )
        valid = set(
            session.scalars(
                select(ApiToken.id).where(
                    ApiToken.id.in_(tokens),
                    ApiToken.revoked_at.is_(None),
                    ApiToken.expires_at.is_(None) | (ApiToken.expires_at > at),
                )
            )
        )
        people = actors_of(session, {w.actor.user_id for w in sockets if w.actor.user_id})
        found: dict[str, Actor] = {}
        for watched in sockets:
            old = watched.actor
            if old.session_id not in standing and old.token_id not in valid:
                continue
            for actor in people.get(old.user_id or 0, []):
                if actor.membership_id == old.membership_id:
                    found[watched.sid] = replace(
                        actor, session_id=old.session_id, token_id=old.token_id
                    )
        return found

    def _narrow(self, session: Session, watched: Watched, actor: Actor) -> None:
        allowed = hearing(session, actor, watched.rooms).rooms
        for topic, rooms in list(watched.rooms.items()):
            kept = set(allowed.get(topic, ()))
            for room in set(rooms) - kept:
                self._leave(watched.sid, room)
            for room in kept - set(rooms):
                self._enter(watched.sid, room)
        watched.rooms, watched.actor = allowed, actor
