"""Eight writers at once on PostgreSQL, readers of all faces, and the middle of the house killed:
everybody ends with exactly the entries that are theirs, once each, in order, without a gap.
"""

import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
import socketio
from sqlalchemy import select

from concord.timeline.models import TimelineLink
from tests.concord.realtime.shown import Shown
from tests.servers.concord import Process, environment_for
from tests.servers.redis import RedisServer
from tests.waiting import eventually
from tests.world import World

WRITERS = 8
POSTS_EACH = 25
MOST_POSTS_EACH = 500
PATIENCE = 60.0
PLACES = (
    ("huadong", "internal"),
    ("huadong", "customer"),
    ("hengtai", "supplier"),
    ("hengtai", "internal"),
)

pytestmark = [pytest.mark.postgres, pytest.mark.redis, pytest.mark.faults]


@dataclass
class House:
    world: World
    web: Process
    realtime: Process
    redis: RedisServer


@pytest.fixture
def house(world_on_postgres: World, redis_server: RedisServer, tmp_path: Path) -> Iterator[House]:
    settings = world_on_postgres.installation.settings
    environment = environment_for(tmp_path, settings.database_url, redis_server.url)
    web = Process("web", tmp_path / "web", environment)
    realtime = Process("realtime", tmp_path / "realtime", environment)
    yield House(world_on_postgres, web.start(), realtime.start(), redis_server)
    web.stop()
    realtime.stop()
    redis_server.start()


@dataclass
class Reader:
    """Follows one record as a client of ours does: rung by socket, catching up by position."""

    house: House
    person: str
    record_id: int
    rung: list[int] = field(default_factory=list)
    refused: bool | None = None
    stopping: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._headers = {"Authorization": f"Bearer {self.house.world.token(self.person)}"}
        self.shown = Shown(self.record_id, at_once=7)
        self._due = threading.Event()
        self._fetching = threading.Lock()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._socket = socketio.Client(reconnection=False)
        self._socket.on("changed", self._heard)

    def start(self) -> None:
        self._thread.start()

    def finish(self) -> None:
        self.stopping.set()
        self._due.set()
        self._thread.join()
        self._socket.disconnect()
        self.catch_up()

    def is_refused(self) -> bool:
        """Whether the door stayed shut, once somebody was there to say so."""
        eventually(lambda: self.refused is not None, PATIENCE)
        return bool(self.refused)

    def catch_up(self) -> None:
        with self._fetching:
            self.shown.catch_up(self._answer)

    def _answer(self, path: str) -> dict[str, Any]:
        answer = requests.get(self.house.web.url + path, headers=self._headers, timeout=10)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def _follow(self) -> None:
        while not self.stopping.is_set():
            self._stay_connected()
            self._due.wait(timeout=0.5)
            self._due.clear()
            if self.refused is False:  # not before it is known
                self.catch_up()

    def _stay_connected(self) -> None:
        if self._socket.connected or self.stopping.is_set():
            return
        try:
            token = self._headers["Authorization"].removeprefix("Bearer ")
            self._socket.connect(
                self.house.realtime.url, transports=["websocket"], auth={"token": token}
            )
            topic = f"record:{self.record_id}"
            answer = self._socket.call("subscribe", {"topics": [topic]}, timeout=5)
            self.refused = not answer[topic]["ok"]
        except (socketio.exceptions.SocketIOError, OSError):
            time.sleep(0.1)

    def _heard(self, message: dict[str, Any]) -> None:
        self.rung.append(message["position"])
        self._due.set()


def write(
    house: House, writer: int, seed: int, acknowledged: list[int], enough: threading.Event
) -> None:
    """One person posting as fast as they can, to each audience by chance, until it is enough."""
    chance = random.Random(f"{seed}-{writer}")
    person = ("lin", "anna", "maya", "na")[writer % 4]
    headers = {"Authorization": f"Bearer {house.world.token(person)}"}
    for number in range(MOST_POSTS_EACH):
        if enough.is_set() and number >= POSTS_EACH:
            return
        record, audience = chance.choice(PLACES)
        answer = requests.post(
            f"{house.web.url}/api/v1/records/{house.world.records[record]}/timeline",
            json={"kind": "note", "body": f"{person} {writer}-{number}", "audience": audience},
            headers={**headers, "Idempotency-Key": f"{seed}-{writer}-{number}"},
            timeout=30,
        )
        assert answer.status_code == 201, answer.text
        acknowledged.append(answer.json()["id"])


@pytest.mark.parametrize("seed", [20261122, 7])
def test_nobody_misses_repeats_or_learns_of_what_is_not_theirs(house: House, seed: int) -> None:
    records = house.world.records
    readers = {
        (person, key): Reader(house, person, records[key])
        for person, key in [
            ("maya", "huadong"), ("jun", "huadong"), ("zhou", "huadong"), ("paul", "huadong"),
            ("zhao", "hengtai"), ("huang", "hengtai"), ("ursula", "huadong"), ("wei", "hengtai"),
        ]
    }  # fmt: skip
    for reader in readers.values():
        reader.start()
    acknowledged: list[int] = []
    enough = threading.Event()
    writers = [
        threading.Thread(target=write, args=(house, number, seed, acknowledged, enough))
        for number in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    _break_the_middle(house)
    enough.set()
    for writer in writers:
        writer.join(timeout=PATIENCE)
    assert len(acknowledged) >= WRITERS * POSTS_EACH, "not every writer was answered"
    time.sleep(1)
    for (person, _), reader in readers.items():
        if person in ("ursula", "wei"):
            assert reader.is_refused(), f"{person} was let in"
            reader.stopping.set()
            assert not reader.rung, f"{person} was rung"
            continue
        reader.finish()
        _check(house, person, reader, set(acknowledged))


def _break_the_middle(house: House) -> None:
    """The realtime process dies and comes back; Redis dies and comes back empty."""
    time.sleep(0.7)
    house.realtime.kill()
    time.sleep(0.5)
    house.redis.stop()
    house.realtime.start()
    time.sleep(0.7)
    house.redis.start()
    time.sleep(0.7)


def _check(house: House, person: str, reader: Reader, acknowledged: set[int]) -> None:
    """They saw what the database holds for them: the same entries, in the same order, no gap."""
    actor = house.world.actor(person)
    theirs = select(TimelineLink.entry_id).where(TimelineLink.record_id == reader.record_id)
    if actor.outside:
        theirs = theirs.where(
            TimelineLink.audience == int(actor.audience),
            TimelineLink.company_id == actor.company_id,
        )
    else:  # not everybody may know what customers may owe
        known = TimelineLink.field_group.in_(actor.field_groups)
        theirs = theirs.where(TimelineLink.field_group.is_(None) | known)
    with house.world.reading() as session:
        entries = session.scalars(theirs.order_by(TimelineLink.position)).all()
    assert [entry_id for _, entry_id in reader.shown.seen] == entries, person
    positions = [at for at, _ in reader.shown.seen]
    assert positions == list(range(1, len(entries) + 1)), f"{person} sees a gap"
    assert reader.rung, f"{person} was never rung"
    assert set(reader.rung) <= set(positions), f"{person} was rung for what is not theirs"
    assert acknowledged & set(entries)
