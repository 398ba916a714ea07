"""A wire that a test may cut: it carries bytes to a server, slowly, late, or not at all."""

import contextlib
import socket
import threading
import time
from enum import Enum

PIECE = 16_384


class Wire(Enum):
    WHOLE = "whole"
    SILENT = "silent"  # takes everything, carries nothing
    REFUSING = "refusing"  # takes nobody, and has let go of all


class Relay:
    """Listens on a free port of 127.0.0.1 and carries to `port`; `wire` is what becomes of it.

    `delay` seconds pass before each piece of a question, `rate` bytes go in a second each way, and
    with `swallows_answers` the connection ends where the server begins to answer.
    """

    def __init__(self, port: int, *, delay: float = 0, rate: int = 0) -> None:
        self.wire, self.delay, self.rate = Wire.WHOLE, delay, rate
        self.swallows_answers = False
        self._target = port
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = int(self._door.getsockname()[1])
        threading.Thread(target=self._let_in, daemon=True).start()

    def refuse(self) -> None:
        self.wire = Wire.REFUSING
        self.cut()

    def cut(self) -> None:
        """All connections that there are, at once."""
        with self._lock:
            ends, self._ends = self._ends, set()
        for end in ends:
            _close(end)

    def close(self) -> None:
        _close(self._door)
        self.cut()

    def _let_in(self) -> None:
        while True:
            try:
                asking, _address = self._door.accept()
            except OSError:
                return
            if self.wire is Wire.REFUSING:
                _close(asking)
                continue
            threading.Thread(target=self._join, args=(asking,), daemon=True).start()

    def _join(self, asking: socket.socket) -> None:
        try:
            answering = socket.create_connection(("127.0.0.1", self._target))
        except OSError:
            return _close(asking)
        with self._lock:
            self._ends |= {asking, answering}
        back = threading.Thread(target=self._carry, args=(answering, asking, True), daemon=True)
        back.start()
        self._carry(asking, answering, False)
        back.join()
        return None

    def _carry(self, source: socket.socket, target: socket.socket, is_answer: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(min(PIECE, self.rate or PIECE)):
                if is_answer and self.swallows_answers:
                    break
                if self.delay and not is_answer:
                    time.sleep(self.delay)
                while self.wire is Wire.SILENT:
                    time.sleep(0.05)
                if self.rate:
                    time.sleep(len(piece) / self.rate)
                target.sendall(piece)
        _close(source)
        _close(target)
        with self._lock:
            self._ends -= {source, target}


def _close(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
