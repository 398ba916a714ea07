"""Asks a server over connections that stay open, and notes how long each answer took.

A process of its own, on bare sockets: what measures must not take the processor from what is
measured. Reads what to ask as JSON from standard input and prints what it saw as JSON.
"""

import json
import selectors
import socket
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"\r\ncontent-length:"
PATIENCE = 20.0


@dataclass(slots=True)
class Line:
    """One connection: one question, then its whole answer, then the next question."""

    connection: socket.socket
    begun: float = 0.0
    received: bytearray = field(default_factory=bytearray)
    whole: int = 0  # bytes of the answer, once its head is there

    def ask(self, question: bytes) -> None:
        self.received.clear()
        self.whole, self.begun = 0, time.perf_counter()
        self.connection.sendall(question)

    def hear(self) -> bool:
        """Take in what has come; whether the answer is whole."""
        part = self.connection.recv(262_144)
        if not part:
            raise ConnectionError("the server closed the connection")
        self.received += part
        if not self.whole and (head := self.received.find(END_OF_HEAD)) >= 0:
            self.whole = head + len(END_OF_HEAD) + _length(bytes(self.received[:head]))
        return 0 < self.whole <= len(self.received)

    @property
    def status(self) -> str:
        return self.received[9:12].decode()


def measure(
    port: int, questions: list[bytes], *, lines: int, warm: int, most: int, seconds: float
) -> dict[str, Any]:
    """The milliseconds of each answer after the first `warm`, or as many as there are in the same
    time, over so many lines at once."""
    following: Iterator[bytes] = cycle(questions)
    statuses: Counter[str] = Counter()
    spent: list[float] = []
    asked, heard, begun = 0, 0, time.perf_counter()
    until, warmed = begun + seconds, not warm
    with selectors.DefaultSelector() as waiting:
        for _ in range(lines):
            line = Line(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE))
            line.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            waiting.register(line.connection, selectors.EVENT_READ, line)
            line.ask(next(following))
            asked += 1
        while heard < asked:
            ready = waiting.select(PATIENCE)
            if not ready:
                raise TimeoutError(f"no answer in {PATIENCE:.0f} s")
            for key, _events in ready:
                line = key.data
                if not line.hear():
                    continue
                moment = time.perf_counter()
                heard += 1
                if warmed:
                    spent.append((moment - line.begun) * 1000)
                    statuses[line.status] += 1
                elif heard >= warm or moment >= until:
                    begun, until, warmed = moment, moment + seconds, True
                if moment < until and asked < warm + most:
                    line.ask(next(following))
                    asked += 1
        ended = time.perf_counter()
        for key in list(waiting.get_map().values()):
            key.data.connection.close()
    return {"ms": spent, "statuses": statuses, "asked": asked, "seconds": ended - begun}


def _length(head: bytes) -> int:
    at = head.lower().find(LENGTH)
    if at < 0:
        return 0
    return int(head[at + len(LENGTH) :].split(b"\r\n", 1)[0])


def main() -> None:
    given = json.load(sys.stdin)
    questions = [text.encode("latin-1") for text in given.pop("questions")]
    json.dump(measure(given.pop("port"), questions, **given), sys.stdout)


if __name__ == "__main__":
    main()
