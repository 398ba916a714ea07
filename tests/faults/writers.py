"""People who write all the time, repeat what was not answered under the same key, and keep a log of
what was acknowledged.
"""

import random
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import requests

if TYPE_CHECKING:
    from tests.faults.town import Town

PATIENCE = 120.0
# What a proxy or a program says that is away for a moment; anything else is an answer.
PASSING = (429, 502, 503, 504)
SCHEDULE = (("note", "maya"), ("note", "lin"), ("shared", "maya"), ("task", "na"), ("said", "zhou"))


@dataclass
class Write:
    """One thing that somebody wrote: its words are found nowhere else."""

    kind: str
    person: str
    words: str
    path: str
    body: dict[str, Any]
    id: int | None = None
    failures: list[str] = field(default_factory=list)
    seconds: float = 0

    @property
    def acknowledged(self) -> bool:
        return self.id is not None


class Writers:
    """So many at once, each with a pause between two writes; used as a block."""

    def __init__(self, town: "Town", *, number: int = 4, pause: float = 0.5) -> None:
        self._town, self._pause = town, pause
        self.writes: list[Write] = []
        self._stopping = threading.Event()
        seed = random.randrange(10**9)
        self._threads = [
            threading.Thread(target=self._write, args=(f"{seed}-{one}",), daemon=True)
            for one in range(number)
        ]
        for person in {person for _kind, person in SCHEDULE}:
            town.world.token(person)

    def __enter__(self) -> "Writers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Each finishes what they began, however long the town takes to answer."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(timeout=PATIENCE)

    @property
    def acknowledged(self) -> list[Write]:
        return [write for write in self.writes if write.acknowledged]

    def wait_for(self, more: int, patience: float = PATIENCE) -> None:
        """Until so many more have been acknowledged."""
        wanted = len(self.acknowledged) + more
        deadline = time.monotonic() + patience
        while len(self.acknowledged) < wanted:
            assert time.monotonic() < deadline, "nothing is written any more"
            time.sleep(0.05)

    def _write(self, name: str) -> None:
        chance, client = random.Random(name), self._town.session()
        number = 0
        while not self._stopping.is_set():
            number += 1
            write = self._next(chance, f"{name}-{number}")
            self.writes.append(write)
            self._insist(client, write)
            time.sleep(self._pause * chance.uniform(0.5, 1.5))

    def _next(self, chance: random.Random, words: str) -> Write:
        kind, person = chance.choice(SCHEDULE)
        record = chance.choice(self._town.records)
        huadong = self._town.world.records["huadong"]
        if kind == "task":
            task = {"title": words, "assignee_id": self._town.world.people["lin"]}
            return Write(kind, person, words, "/api/v1/tasks", task)
        note = {"kind": "note", "body": words, "audience": "internal"}
        if kind == "shared":
            record, note = huadong, {"kind": "message", "body": words, "audience": "customer"}
        elif kind == "said":
            record, note = huadong, {"kind": "message", "body": words}
        return Write(kind, person, words, f"/api/v1/records/{record}/timeline", note)

    def _insist(self, client: requests.Session, write: Write) -> None:
        begun = time.monotonic()
        while time.monotonic() - begun < PATIENCE:
            said = self._once(client, write)
            if said == "":
                write.seconds = time.monotonic() - begun
                return
            write.failures.append(said)
            time.sleep(0.3)

    def _once(self, client: requests.Session, write: Write) -> str:
        """What went wrong; nothing where it was acknowledged."""
        headers = {**self._town.headers(write.person), "Idempotency-Key": write.words}
        url = self._town.nginx.url + write.path
        try:
            answer = client.post(url, json=write.body, headers=headers, timeout=40)
            if answer.status_code == 201:
                write.id = int(answer.json()["id"])
                return ""
        except requests.RequestException as error:
            return type(error).__name__
        return str(answer.status_code)


def refusals(writes: list[Write]) -> dict[str, int]:
    found: dict[str, int] = {}
    for write in writes:
        for said in write.failures:
            found[said] = found.get(said, 0) + 1
    return found
