"""The socket server: authorises, joins rooms, rings. It never carries content."""

import secrets
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Literal, NoReturn, TypeVar

import structlog
from flask import Flask, request
from flask_socketio import ConnectionRefusedError, SocketIO
from sqlalchemy.orm import Session
from structlog.contextvars import bound_contextvars

from concord.actors import Actor
from concord.identity.access import epoch
from concord.identity.actors import fold
from concord.identity.sessions import COOKIE, read_session
from concord.identity.tokens import actor_of_token
from concord.installation import Installation, using
from concord.keys import name_in_redis
from concord.realtime.bell import Bell
from concord.realtime.gate import OPENED, Gate, note_end, note_refusal
from concord.realtime.pace import LARGEST_MESSAGE, GreenPaced, ThreadedPaced, pace
from concord.realtime.rings import LAG, Sound, inbox_room, ring_through
from concord.realtime.topics import MOST_TOPICS, hearing, positions
from concord.realtime.watch import SECONDS, Watch, Watched
from concord.watching.work import doing
from concord.web.proxies import believe_proxies

Role = Literal["embedded", "realtime", "web"]
MOST_SOCKETS_EMBEDDED = 200
MOST_SOCKETS = 10_000
NAMELESS_SECONDS = 10.0
"""A connection that has not said by then who it is does not stay."""
NOT_FOUND = {"ok": False, "error": "not found"}
Handler = TypeVar("Handler", bound=Callable[..., Any])
log = structlog.get_logger("concord.realtime")


def make_socketio(app: Flask, *, role: Role) -> SocketIO:
    """The sockets of this process, and how its commits reach them.

    `web` holds no sockets and only publishes to Redis; `embedded` and `realtime` serve them and
    hear what other processes publish, where a Redis is configured.
    """
    installation: Installation = app.extensions["concord"]
    queue, channel = installation.settings.redis_url, name_in_redis(installation.settings)
    if role == "web":
        socketio = SocketIO(message_queue=_impatient(queue), channel=channel) if queue else None
        if socketio is not None:
            bell = Bell(_emitter(socketio))
            ring_through(bell.sound)
            app.extensions["concord.bell"] = bell
        return socketio or SocketIO()
    socketio = SocketIO(
        app,
        async_mode="gevent" if role == "realtime" else "threading",
        message_queue=queue,
        channel=channel,
        cors_allowed_origins=installation.settings.origins,
        transports=["websocket"],
        allow_upgrades=False,
        manage_session=False,
        max_http_buffer_size=LARGEST_MESSAGE,
        # One message of a socket after the other, in the thread that reads them.
        async_handlers=False,
        ping_interval=25,
        ping_timeout=20,
        http_compression=False,
        websocket_compression=False,
    )
    most = MOST_SOCKETS if role == "realtime" else MOST_SOCKETS_EMBEDDED
    per_address = installation.settings.sockets_per_address
    app.wsgi_app = Gate(app.wsgi_app, most=most, per_address=per_address)  # type: ignore[method-assign]
    believe_proxies(app, installation.settings)
    pace(socketio.server, GreenPaced if role == "realtime" else ThreadedPaced)
    watch = Watch(
        installation,
        close=lambda sid: _close(socketio, sid),
        leave=lambda sid, room: socketio.server.leave_room(sid, room),
        enter=lambda sid, room: _enter(socketio, sid, room),
    )
    _handle(socketio, installation, watch)
    ring_through(_emitter(socketio))
    app.extensions["concord.watch"] = watch
    return socketio


def start_sweeper(app: Flask, socketio: SocketIO) -> None:
    """Look after the open sockets and their rights, every two seconds, for as long as we serve."""
    watch: Watch = app.extensions["concord.watch"]

    def sweep() -> None:
        while True:
            socketio.sleep(SECONDS)
            try:
                _close_nameless(socketio)
                watch.look()
            except Exception:  # the database away, or whatever one socket did: look again, at all
                log.error("rights_not_checked", exc_info=True)

    socketio.start_background_task(sweep)


def _handle(socketio: SocketIO, installation: Installation, watch: Watch) -> None:
    def within(handler: Handler) -> Handler:
        """Each event has an id of its own, and leaves one line in the log."""
        name = handler.__name__

        @wraps(handler)
        def run(*arguments: Any) -> Any:
            named = bound_contextvars(event_id=secrets.token_hex(8), socket=_sid())
            with using(installation), named, doing("socket_event", name) as work:
                try:
                    return handler(*arguments)
                finally:
                    log.info("socket_event", socket_event=name, **work.costs)

        return run  # type: ignore[return-value]

    @socketio.on("connect")
    @within
    def connect(auth: Any = None) -> None:
        sid = _sid()
        with installation.database.reading() as session:
            current = epoch(session)
            actor = _signed_in(session, installation, auth)
        if actor is None:
            _refuse(socketio, sid, "unknown", "sign in first")
        elif not watch.add(sid, actor, current, most=installation.settings.sockets_per_person):
            _refuse(socketio, sid, "person", "you have too many connections, try later")
        else:
            _enter(socketio, sid, inbox_room(actor.user_id or 0))

    @socketio.on("disconnect")
    def disconnect(*_reason: Any) -> None:
        watch.remove(_sid())

    @socketio.on("subscribe")
    @within
    def subscribe(message: Any = None) -> dict[str, Any]:
        watched = watch.get(_sid())
        if watched is None:
            return {}
        with watched.lock:
            return _subscribe(socketio, installation, watched, _topics(message))

    @socketio.on("unsubscribe")
    @within
    def unsubscribe(message: Any = None) -> dict[str, Any]:
        watched = watch.get(_sid())
        if watched is None:
            return {}
        with watched.lock:
            return _unsubscribe(socketio, watched, _topics(message))

    @socketio.on_error_default
    def failed(error: Exception) -> None:
        log.error("socket_event_failed", error=type(error).__name__, exc_info=True)
        if request.event["message"] == "connect":  # type: ignore[attr-defined]
            # Whom nobody could look up would be let in otherwise, and hear nothing for good.
            _refuse(socketio, _sid(), "failed", "try later")


def _subscribe(
    socketio: SocketIO, installation: Installation, watched: Watched, topics: list[str]
) -> dict[str, Any]:
    """Join first, read positions after: what happens in between is rung or already counted."""
    room_left = MOST_TOPICS - len(watched.rooms)
    with installation.database.reading() as session:
        found = hearing(session, watched.actor, topics[: max(room_left, 0)]).rooms
    for topic, rooms in found.items():
        watched.rooms[topic] = rooms
        for room in rooms:
            if not _enter(socketio, watched.sid, room):
                return {}
    with installation.database.reading() as session:
        tops = positions(session, watched.actor, list(found))
    return {
        topic: {"ok": True, "position": tops.get(topic, 0)} if topic in found else NOT_FOUND
        for topic in topics
    }


def _unsubscribe(socketio: SocketIO, watched: Watched, topics: list[str]) -> dict[str, Any]:
    for topic in topics:
        for room in watched.rooms.pop(topic, ()):
            socketio.server.leave_room(watched.sid, room)
    return {topic: {"ok": True} for topic in topics}


def _sid() -> str:
    sid: str = request.sid  # type: ignore[attr-defined]
    return sid


def _enter(socketio: SocketIO, sid: str, room: str) -> bool:
    """False where the socket has gone meanwhile: pages leave while they subscribe."""
    try:
        socketio.server.enter_room(sid, room)
    except (KeyError, ValueError):
        if socketio.server.manager.is_connected(sid, "/"):
            raise
        return False
    return True


def _refuse(socketio: SocketIO, sid: str, reason: str, sentence: str) -> NoReturn:
    note_refusal(reason)
    server = socketio.server
    connection = server.eio.sockets.get(server.manager.eio_sid_from_sid(sid, "/"))
    if connection is not None:
        socketio.start_background_task(_close_soon, socketio, connection)
    raise ConnectionRefusedError(sentence)


def _signed_in(session: Session, installation: Installation, auth: Any) -> Actor | None:
    """Who opens the socket: by token from anywhere, by cookie only from our own pages."""
    token = auth.get("token") if isinstance(auth, dict) else None
    if isinstance(token, str) and token:
        return actor_of_token(session, token)
    if request.headers.get("Origin") not in installation.settings.origins:
        return None
    cookie = request.cookies.get(COOKIE)
    rows = read_session(session, cookie) if cookie else []
    if not rows or rows[0].needs_factor:
        return None
    return fold(rows, session_id=rows[0].session_id)


def _topics(message: Any) -> list[str]:
    """The topics of a message, whatever was sent: strings only, each once, not too many."""
    topics = message.get("topics") if isinstance(message, dict) else None
    if not isinstance(topics, list):
        return []
    return list(dict.fromkeys(t for t in topics if isinstance(t, str) and len(t) < 80))[
        :MOST_TOPICS
    ]


def _emitter(socketio: SocketIO) -> Callable[[Sound], None]:
    def emit(sound: Sound) -> None:
        socketio.emit(sound.name, sound.payload, to=sound.room)
        LAG.observe(time.perf_counter() - sound.rung_at)

    return emit


def _close(socketio: SocketIO, sid: str) -> None:
    """End a socket and the connection under it; whoever does not listen is not waited for."""
    note_end("rights")
    server = socketio.server
    connection = server.eio.sockets.get(server.manager.eio_sid_from_sid(sid, "/"))
    server.disconnect(sid)
    if connection is not None:
        connection.close(wait=False)


def _close_nameless(socketio: SocketIO) -> None:
    """Whoever holds a connection open without saying who they are has it no longer."""
    server: Any = socketio.server
    limit = time.monotonic() - NAMELESS_SECONDS
    for eio_sid, environ in list(server.environ.items()):
        connection = server.eio.sockets.get(eio_sid)
        if connection is None or connection.closed or environ.get(OPENED, limit) >= limit:
            continue
        if server.manager.sid_from_eio_sid(eio_sid, "/") is None:
            note_end("nameless")
            connection.close(wait=False)


def _close_soon(socketio: SocketIO, connection: Any) -> None:
    """A refused handshake leaves its connection open: let the refusal arrive, then close it."""
    socketio.sleep(1)
    connection.close(wait=False)


def _impatient(queue: str) -> str:
    """A request must not wait for a Redis that does not answer."""
    return queue + ("&" if "?" in queue else "?") + "socket_timeout=2&socket_connect_timeout=1"
