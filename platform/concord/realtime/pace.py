"""How much one socket may say, and how much it may leave unread: then it is ended.

Both are looked at where messages come in, before anything is made of them. What a socket says is
dealt with one message after the other, so that one that talks without end keeps only itself busy.
"""

import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import simple_websocket

from concord.realtime.gate import note_end

LARGEST_MESSAGE = 64 * 1024
LARGEST_FRAMES = LARGEST_MESSAGE + 4096
"""What one message may be made of, pings between its parts included."""
A_SECOND = 20.0
AT_ONCE = 100
MOST_UNREAD = 50


@dataclass(slots=True)
class Pace:
    """So many messages at once, and so many a second after that."""

    left: float = AT_ONCE
    at: float = field(default_factory=time.monotonic)

    def allows_one_more(self) -> bool:
        moment = time.monotonic()
        self.left = min(self.left + (moment - self.at) * A_SECOND, AT_ONCE)
        self.at = moment
        self.left -= 1
        return self.left >= 0


class Paced:
    """Put before the websocket of an Engine.IO driver: `wait()` gives its next message, or None
    at its end.
    """

    def __init__(self, handler: Any, server: Any) -> None:
        super().__init__(handler, server)  # type: ignore[call-arg]
        self._pace = Pace()
        # The handler is a method of Engine.IO's socket, which keeps what was not yet sent.
        self._unread = handler.__self__.queue

    def wait(self) -> Any:
        message = super().wait()  # type: ignore[misc]
        if message is None:
            return None
        reason = self._reason_to_end()
        if reason is None:
            return message
        note_end(reason)
        with suppress(OSError):
            self._connection().shutdown(socket.SHUT_RDWR)
        return None

    def _reason_to_end(self) -> str | None:
        if not self._pace.allows_one_more() or self._unheard() > AT_ONCE:
            return "talks"
        return "deaf" if self._unread.qsize() > MOST_UNREAD else None

    def _unheard(self) -> int:
        """Messages that were read ahead."""
        return 0

    def _connection(self) -> socket.socket:
        raise NotImplementedError


class Heard(simple_websocket.Server):
    """Wakes whoever waits for a message after it has noted that there will be none, not before:
    a message that was too large left its reader waiting for ever.
    """

    def _handle_events(self) -> bool:
        goes_on = super()._handle_events()
        if not goes_on:
            self.connected = False
            self.event.set()
        return goes_on


class ThreadedPaced(Paced):
    """simple-websocket: a thread of its own reads ahead."""

    app: Any
    ws: Any

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.ws = Heard(environ, max_message_size=LARGEST_MESSAGE)
        self.app(self)
        # There is no answer: gunicorn's worker takes it so.
        raise StopIteration

    def _unheard(self) -> int:
        return len(self.ws.input_buffer)

    def _connection(self) -> socket.socket:
        connection: socket.socket = self.ws.sock
        return connection


class GreenPaced(Paced):
    """gevent-websocket: believes any length that a frame claims, so what it reads is bounded."""

    _sock: Any
    _left = LARGEST_FRAMES

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        opened = environ["wsgi.websocket"]
        read = opened.raw_read

        def bounded(size: int) -> bytes:
            self._left -= size
            if self._left < 0:
                raise OSError("a message that is too large")
            data: bytes = read(size)
            return data

        opened.raw_read = bounded
        return super().__call__(environ, start_response)  # type: ignore[misc]

    def wait(self) -> Any:
        self._left = LARGEST_FRAMES
        return super().wait()

    def _connection(self) -> socket.socket:
        connection: socket.socket = self._sock.stream.handler.socket
        return connection


def pace(server: Any, paced: type[Paced]) -> None:
    """Have all sockets of this Socket.IO server keep the pace."""
    drivers = server.eio._async
    plain = drivers["websocket"]
    kept = type(paced.__name__, (paced, plain), {})
    server.eio._async = {**drivers, "websocket": kept}
