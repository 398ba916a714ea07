"""The sockets of this process, and the look every two seconds whether their rights still hold."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock

from sqlalchemy import select
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


@dataclass(slots=True)
class Watched:
    """One open socket: who it is, by which epoch of rights, and what it hears (topic → rooms).

    The rights and the rooms of a socket change under its lock.
    """

    sid: str
    actor: Actor
    epoch: int
    rooms: dict[str, list[str]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


class Watch:
    """Keeps the sockets of one process; `look()` ends what is no longer allowed.

    `close(sid)` ends a socket without waiting for it, `leave(sid, room)` one of its rooms.
    """

    def __init__(
        self,
        installation: Installation,
        *,
        close: Callable[[str], None],
        leave: Callable[[str, str], None],
        enter: Callable[[str, str], object],
    ) -> None:
        self._installation = installation
        self._close, self._leave, self._enter = close, leave, enter
        self._sockets: dict[str, Watched] = {}
        self._of_person: Counter[int | None] = Counter()
        self._lock = Lock()
        self._looks = 0

    def __len__(self) -> int:
        return len(self._sockets)

    def add(self, sid: str, actor: Actor, epoch: int, *, most: int = 0) -> bool:
        """Watch a socket whose actor was read when, or after, rights stood at `epoch`.

        False where this person has `most` already; 0: any number.
        """
        with self._lock:
            if most and self._of_person[actor.user_id] >= most:
                return False
            self._sockets[sid] = Watched(sid, actor, epoch)
            self._of_person[actor.user_id] += 1
        return True

    def get(self, sid: str) -> Watched | None:
        return self._sockets.get(sid)

    def remove(self, sid: str) -> None:
        with self._lock:
            watched = self._sockets.pop(sid, None)
            if watched is None:
                return
            person = watched.actor.user_id
            self._of_person[person] -= 1
            if not self._of_person[person]:
                del self._of_person[person]

    def look(self) -> None:
        """One statement while nothing changed; a full look when rights did, and now and then."""
        self._looks += 1
        everybody = self._looks % FULL_LOOK_EVERY == 0
        with using(self._installation), self._installation.database.reading() as session:
            current = epoch(session)
            sockets = [w for w in self._snapshot() if everybody or w.epoch != current]
            actors = self._still_signed_in(session, sockets) if sockets else {}
            for watched in sockets:
                actor = actors.get(watched.sid)
                if actor is None:
                    self.remove(watched.sid)
                    self._close(watched.sid)
                else:
                    self._renew(session, watched, actor, current)

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
                    SignedSession.id.in_(sessions),
                    SignedSession.expires_at > at,
                    SignedSession.needs_factor.is_(False),
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

    def _renew(self, session: Session, watched: Watched, actor: Actor, current: int) -> None:
        with watched.lock:
            allowed = hearing(session, actor, watched.rooms).rooms if watched.rooms else {}
            for topic, rooms in watched.rooms.items():
                kept = set(allowed.get(topic, ()))
                for room in set(rooms) - kept:
                    self._leave(watched.sid, room)
                for room in kept - set(rooms):
                    self._enter(watched.sid, room)
            watched.rooms, watched.actor, watched.epoch = allowed, actor, current
