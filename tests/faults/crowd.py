"""Hundreds of open pages in one process, each following a timeline by the rules of ours: rung by
socket, catching up by position on connecting, on a ring, and every so often.

Run as `python -m gevent.monkey tests/faults/crowd.py`: each reader is a thread that costs little.
It is told of its readers in the first line that comes over the wire to the port that it is given,
as JSON, and answers each further line with one of its own.
"""

import contextlib
import json
import random
import socket
import ssl
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import Any

import urllib3
import websocket

from tests.concord.realtime.shown import Shown

OFTEN = 15.0  # seconds between two looks at how far the stream is; our pages take 45
SILENCE = 50.0  # the server pings every 25 seconds
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 8.0  # before connecting again, as our pages do
FETCHES_AT_ONCE = 24
FAILURES = (
    OSError,
    ValueError,
    KeyError,
    websocket.WebSocketException,
    urllib3.exceptions.HTTPError,
)


@dataclass
class Place:
    """Where they all connect to."""

    host: str
    port: int
    certificate: str

    def __post_init__(self) -> None:
        self.pool = urllib3.HTTPSConnectionPool(
            self.host,
            self.port,
            maxsize=FETCHES_AT_ONCE,
            block=True,
            ca_certs=self.certificate,
            timeout=urllib3.Timeout(connect=5, read=20),
            retries=False,
        )
        self.context = ssl.create_default_context(cafile=self.certificate)

    def connect(self) -> websocket.WebSocket:
        url = f"wss://{self.host}:{self.port}/socket.io/?EIO=4&transport=websocket"
        return websocket.create_connection(
            url, timeout=20, sslopt={"context": self.context}, suppress_origin=True
        )


@dataclass
class Reader:
    """One open page: what it has shown, and how it fared."""

    place: Place
    record_id: int
    token: str
    begun: int = -1
    goal: int = 0
    connected: bool = False
    connects: int = 0
    rings: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.shown = Shown(self.record_id, at_once=50)

    @property
    def topic(self) -> str:
        return f"record:{self.record_id}"

    def follow(self) -> None:
        time.sleep(random.uniform(0, 4))
        pause = FIRST_PAUSE
        while True:
            before = self.connects
            try:
                self._stay()
            except FAILURES as failure:
                self._note(f"{type(failure).__name__}: {str(failure)[:80]}")
            self.connected = False
            pause = FIRST_PAUSE if self.connects > before else min(2 * pause, LONGEST_PAUSE)
            time.sleep(pause * random.uniform(0.5, 1.5))

    def _stay(self) -> None:
        with contextlib.closing(self.place.connect()) as line:
            self._expect(line, "0")
            line.send("40" + json.dumps({"token": self.token}))
            self._expect(line, "40")
            self.connects += 1
            self._listen(line)

    def _listen(self, line: websocket.WebSocket) -> None:
        asked_at = heard_at = 0.0
        line.settimeout(1)
        while True:
            moment = time.monotonic()
            if moment - asked_at > OFTEN:
                line.send("420" + json.dumps(["subscribe", {"topics": [self.topic]}]))
                asked_at = moment + random.uniform(-2, 2)
                heard_at = heard_at or moment
            if moment - heard_at > SILENCE:
                raise TimeoutError("the server is silent")
            with contextlib.suppress(websocket.WebSocketTimeoutException):
                self._heard(line, line.recv())
                heard_at = time.monotonic()
            if self.begun >= 0 and self.goal > self.shown.position:
                self._catch_up()

    def _heard(self, line: websocket.WebSocket, message: Any) -> None:
        if not message:
            raise OSError("closed")
        if message == "2":
            line.send("3")
        elif message.startswith("430"):
            self._answered(json.loads(message[3:]))
        elif message.startswith("42"):
            name, said = json.loads(message[2:])
            if name == "changed" and said["topic"] == self.topic:
                self.rings += 1
                self._knows_of(said["position"])

    def _answered(self, answers: list[Any]) -> None:
        """Where the server could not look, it answers with nothing: the page fetches all the same,
        and asks again as often as always."""
        answer = answers[0].get(self.topic) if answers else None
        if answer is None:
            self._note("not answered")
            if self.begun >= 0:
                self._catch_up()
            return
        if not answer["ok"]:
            raise ValueError("not let in")
        self.connected = True
        self._knows_of(answer["position"])

    def _knows_of(self, position: int) -> None:
        """A page shows what there is when it opens; what comes after is asked for."""
        if self.begun < 0:
            self.begun = self.shown.position = position
        self.goal = max(self.goal, position)

    def _catch_up(self) -> None:
        try:
            self.shown.catch_up(self._answer)
        except FAILURES as failure:
            self._note(str(failure) if isinstance(failure, KeyError) else type(failure).__name__)
            time.sleep(random.uniform(0.2, 1))

    def _answer(self, path: str) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = self.place.pool.request("GET", path, headers=headers)
        if answer.status != 200:
            raise KeyError(answer.status)
        found: dict[str, Any] = answer.json()
        return found

    def _expect(self, line: websocket.WebSocket, beginning: str) -> None:
        said = line.recv()
        if not str(said).startswith(beginning):
            raise ValueError(f"heard {said!r}")

    def _note(self, failure: str) -> None:
        self.refused[failure] = self.refused.get(failure, 0) + 1


def main() -> None:
    wire = socket.create_connection(("127.0.0.1", int(sys.argv[1]))).makefile("rw")
    told = json.loads(wire.readline())
    place = Place(told["host"], told["port"], told["certificate"])
    readers = [Reader(place, record_id, token) for record_id, token in told["readers"]]
    for reader in readers:
        threading.Thread(target=reader.follow, daemon=True).start()
    while line := wire.readline():
        if line.strip() == "how far":
            said: Any = [[r.connected, r.begun, r.shown.position] for r in readers]
        else:
            said = [[r.begun, r.shown.seen, r.connects, r.rings, r.refused] for r in readers]
        wire.write(json.dumps(said) + "\n")
        wire.flush()


if __name__ == "__main__":
    main()
