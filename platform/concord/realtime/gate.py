"""The gate before the sockets: how many there may be at all, and from one address."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import prometheus_client
import structlog
from structlog.contextvars import clear_contextvars

OPENED = "concord.opened"
PATH = "/socket.io/"
TRY_AGAIN_LATER = 1013
SENTENCE = b"There is no room for another socket: try again later."

OPEN = prometheus_client.Gauge("concord_sockets", "Sockets that are open.")
REFUSED = prometheus_client.Counter("concord_sockets_refused", "Sockets not opened.", ["reason"])
CLOSED = prometheus_client.Counter("concord_sockets_closed", "Sockets ended by us.", ["reason"])
for _reason in ("process", "address", "person", "unknown", "failed"):
    REFUSED.labels(_reason)
for _reason in ("talks", "deaf", "nameless", "rights"):
    CLOSED.labels(_reason)

log = structlog.get_logger("concord.realtime")


class Gate:
    """Lets sockets through to `inner`, and holds their place for as long as they are open.

    Asked before anybody is looked up: who is turned away costs no statement. 0 is no limit.
    """

    def __init__(self, inner: Callable[..., Any], *, most: int, per_address: int) -> None:
        self._inner = inner
        self._most, self._per_address = most, per_address
        self._lock = threading.Lock()
        self._open: Counter[str] = Counter()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if not environ.get("PATH_INFO", "").startswith(PATH):
            passed: Iterable[bytes] = self._inner(environ, start_response)
            return passed
        address = environ.get("REMOTE_ADDR", "")
        if (reason := self._enter(address)) is not None:
            note_refusal(reason)
            return _turn_away(environ, start_response)
        # The thread may have served a request before; its id is not ours.
        clear_contextvars()
        environ[OPENED] = time.monotonic()
        try:
            served: Iterable[bytes] = self._inner(environ, start_response)
            return served
        finally:
            self._leave(address)

    def _enter(self, address: str) -> str | None:
        """Why there is no place; None where one was taken."""
        with self._lock:
            if self._most and self._open.total() >= self._most:
                return "process"
            if self._per_address and self._open[address] >= self._per_address:
                return "address"
            self._open[address] += 1
        OPEN.inc()
        return None

    def _leave(self, address: str) -> None:
        with self._lock:
            self._open[address] -= 1
            if not self._open[address]:
                del self._open[address]
        OPEN.dec()


def note_refusal(reason: str) -> None:
    REFUSED.labels(reason).inc()
    log.info("socket_refused", reason=reason)


def note_end(reason: str) -> None:
    CLOSED.labels(reason).inc()
    log.info("socket_closed", reason=reason)


def _turn_away(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    opened = environ.get("wsgi.websocket")
    if opened is not None:  # gevent's server shakes hands before it asks us
        opened.close(TRY_AGAIN_LATER, SENTENCE)
        return []
    headers = [("Content-Type", "text/plain"), ("Retry-After", "30")]
    start_response("503 Service Unavailable", headers)
    return [SENTENCE]
