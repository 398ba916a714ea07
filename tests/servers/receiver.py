"""A program that receives requests and can go wrong in every way that receivers do."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from socketserver import StreamRequestHandler, ThreadingTCPServer
from ssl import SSLContext
from typing import Any
from urllib.parse import unquote


@dataclass(frozen=True, slots=True)
class Received:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    at: float = field(default_factory=time.monotonic)


class Receiver(ThreadingTCPServer):
    """Listens on a free port of 127.0.0.1. The first part of a request's path is how it behaves:

    `/ok` `/500` `/410` … answer that status, `/429` with Retry-After, `/redirect/<URL>` a 302;
    `/silent` takes the request and says nothing, `/reset` breaks off, `/late` answers after a
    second, `/huge` has a long body, `/endless` one without end, `/trickle` sends a byte each 0.1 s,
    `/trickle-head` does so in the head, `/headers` sends a thousand, `/garbage` speaks no HTTP,
    `/markup` answers with a script.
    `modes` overrules a path while it holds one.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, context: SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        if context is not None:
            self.socket = context.wrap_socket(self.socket, server_side=True)
        self.connections = 0
        self.received: list[Received] = []
        self.modes: dict[str, str] = {}
        self.stopped = threading.Event()
        scheme = "http" if context is None else "https"
        self.port = int(self.server_address[1])
        self.url = f"{scheme}://127.0.0.1:{self.port}"

    def verify_request(self, _request: Any, _client_address: Any) -> bool:
        self.connections += 1
        return True

    def handle_error(self, _request: Any, _client_address: Any) -> None:
        """Clients that leave in the middle are what this is for."""


@contextmanager
def receiving(context: SSLContext | None = None) -> Iterator[Receiver]:
    with Receiver(context) as receiver:
        thread = threading.Thread(target=receiver.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield receiver
        receiver.stopped.set()
        receiver.shutdown()


class _Request(StreamRequestHandler):
    server: Receiver

    def handle(self) -> None:
        received = self._receive()
        self.server.received.append(received)
        name, _, rest = received.path.strip("/").partition("/")
        mode = self.server.modes.get(received.path, name) or "ok"
        if mode == "redirect":
            self._answer(302, f"Location: {unquote(rest)}\r\n")
        elif mode in BEHAVIOURS:
            BEHAVIOURS[mode](self)
        else:
            status = int(mode) if mode.isdecimal() else 200
            self._answer(status, "Retry-After: 120\r\n" if status == 429 else "", b"hello")

    def _receive(self) -> Received:
        method, path, _version = self.rfile.readline().decode().split()
        headers = {}
        while line := self.rfile.readline().decode().strip():
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        body = self.rfile.read(int(headers.get("content-length", 0)))
        return Received(method, path, headers, body)

    def _answer(self, status: int, headers: str = "", body: bytes = b"") -> None:
        head = f"HTTP/1.1 {status} Said\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
        self.wfile.write(head.encode() + body)

    def silent(self) -> None:
        self.server.stopped.wait(60)

    def late(self) -> None:
        self.server.stopped.wait(1)
        self._answer(200)

    def reset(self) -> None:
        linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"  # on, for no time: close() resets
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()

    def huge(self) -> None:
        self._answer(200, body=b"x" * 5_000_000)

    def endless(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not self.server.stopped.is_set():
            self.wfile.write(b"x" * 10_000)

    def trickle(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        self._drip(b"x")

    def trickle_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        self._drip(b"x")

    def headers(self) -> None:
        many = "".join(f"X-{number}: some words\r\n" for number in range(1000))
        self._answer(200, many)

    def markup(self) -> None:
        self._answer(500, body=b"<script>pwn()</script><img src=x onerror=pwn()>")

    def garbage(self) -> None:
        self.wfile.write(b"220 mail.example ESMTP\r\n")

    def _drip(self, byte: bytes) -> None:
        while not self.server.stopped.wait(0.1):
            self.wfile.write(byte)
            self.wfile.flush()


BEHAVIOURS: dict[str, Callable[[_Request], None]] = {
    "silent": _Request.silent,
    "late": _Request.late,
    "reset": _Request.reset,
    "huge": _Request.huge,
    "endless": _Request.endless,
    "trickle": _Request.trickle,
    "trickle-head": _Request.trickle_head,
    "headers": _Request.headers,
    "garbage": _Request.garbage,
    "markup": _Request.markup,
}
