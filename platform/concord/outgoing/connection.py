"""A connection to an address that was checked, under the name that was asked for.

Every read is given what is left of the time and of the bytes as a whole: a receiver that sends one
byte each second, or headers for ever, ends as surely as one that is silent.
"""

import socket
import ssl
from functools import cache
from http.client import HTTPConnection
from time import monotonic
from typing import Any, cast

import certifi

from concord.outgoing.addresses import DEFAULT_PORTS, Target
from concord.outgoing.errors import TooLarge

# Bytes before the body, and around it where it comes in pieces.
LONGEST_HEAD = 64_000


class _Limited:
    """What a socket may still take, in time and in bytes."""

    ends = float("inf")
    bytes_left = float("inf")

    def recv_into(self, *arguments: Any) -> int:
        self.hurry()
        count: int = super().recv_into(*arguments)  # type: ignore[misc]
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise TooLarge("the answer does not end")
        return count

    def send(self, *arguments: Any, **options: Any) -> int:
        self.hurry()
        sent: int = super().send(*arguments, **options)  # type: ignore[misc]
        return sent

    def hurry(self) -> None:
        left = self.ends - monotonic()
        if left <= 0:
            raise TimeoutError
        self.settimeout(left)  # type: ignore[attr-defined]


class _PlainSocket(_Limited, socket.socket):
    pass


class _SecureSocket(_Limited, ssl.SSLSocket):
    pass


class Connection(HTTPConnection):
    """One request to `where`, at the first of its `addresses` that takes the connection."""

    def __init__(self, where: Target, addresses: list[str], *, ends: float, most: int) -> None:
        super().__init__(where.host, where.port)
        self.default_port = DEFAULT_PORTS[where.scheme]
        self._where = where
        self._addresses = addresses
        self._ends = ends
        self._most = most

    def connect(self) -> None:
        self.sock = plain = self._connected()
        if self._where.is_secure:
            secure = _trusting().wrap_socket(plain, server_hostname=self._where.host)
            self.sock = limited = cast(_SecureSocket, secure)
            limited.ends = self._ends
            limited.bytes_left = self._most + LONGEST_HEAD

    def _connected(self) -> socket.socket:
        failure: OSError = OSError("no address")
        for address in self._addresses:
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            tried = _PlainSocket(family, socket.SOCK_STREAM)
            tried.ends = self._ends
            tried.bytes_left = self._most + LONGEST_HEAD
            try:
                tried.hurry()
                tried.connect((address, self._where.port))
            except OSError as error:
                tried.close()
                failure = error
            else:
                return tried
        raise failure


@cache
def _trusting() -> ssl.SSLContext:
    """Certificates that this machine or the usual browsers trust, checked with their names."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    context.sslsocket_class = _SecureSocket
    return context
