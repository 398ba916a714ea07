"""G06: many sockets, many messages, large and broken ones: bounded, and felt by nobody else."""

import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
import requests
import websocket

from tests.concord.realtime.test_sockets import SOON
from tests.servers.concord import Process, environment_for
from tests.servers.redis import RedisServer
from tests.waiting import eventually
from tests.world import World, copied

pytestmark = pytest.mark.faults

PER_PERSON = 4
PER_ADDRESS = 12
FIGURES = "figures please"
LIMITS = {
    "CONCORD_SOCKETS_PER_PERSON": str(PER_PERSON),
    "CONCORD_SOCKETS_PER_ADDRESS": str(PER_ADDRESS),
    "CONCORD_METRICS_TOKEN": FIGURES,
    "CONCORD_PROXY_HOPS": "1",
}

NASTY = (
    "42" + "x" * 1_000_000,
    "42[",
    "421[]",
    "42[null]",
    '42["subscribe"',
    "45-[]",
    '451-["subscribe"]',
    "4",
    "9",
    "44",
    "41/other,",
    "40/other,",
    "\x00\x01",
)


@pytest.fixture(scope="module")
def embedded(
    told_on_sqlite: World, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, Process]]:
    folder = tmp_path_factory.mktemp("limits")
    world = copied(told_on_sqlite, folder)
    settings = world.installation.settings
    environment = environment_for(settings.data_dir, settings.database_url, **LIMITS)
    process = Process("all", folder / "all", environment)
    yield world, process.start()
    process.stop()
    world.close()


@pytest.fixture
def realtime(
    world_on_postgres: World, redis_server: RedisServer
) -> Iterator[tuple[World, Process]]:
    settings = world_on_postgres.installation.settings
    environment = environment_for(
        settings.data_dir, settings.database_url, redis_server.url, **LIMITS
    )
    process = Process("realtime", settings.data_dir / "realtime", environment)
    yield world_on_postgres, process.start()
    process.stop()


@pytest.fixture(
    params=[
        "embedded",
        pytest.param("realtime", marks=[pytest.mark.postgres, pytest.mark.redis]),
    ]
)
def house(request: pytest.FixtureRequest) -> Iterator["House"]:
    world, process = request.getfixturevalue(request.param)
    found = House(world, process)
    yield found
    for connection in found.connections:
        connection.close()
    eventually(lambda: found.figure("concord_sockets") == 0, SOON, "each place is given back")


class House:
    """Sockets by hand, from whatever address one likes: the process believes one proxy."""

    def __init__(self, world: World, process: Process) -> None:
        self.world, self.process = world, process
        self.connections: list[socket.socket] = []

    def handshake(self, address: str) -> websocket.WebSocket:
        url = self.process.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
        header = [f"X-Forwarded-For: {address}"]
        opened = websocket.create_connection(url, timeout=10, header=header)
        assert opened.sock is not None
        self.connections.append(opened.sock)
        assert str(opened.recv()).startswith("0{")
        return opened

    def open(self, person: str, address: str = "10.0.0.1") -> tuple[websocket.WebSocket, str]:
        """A socket of somebody's, and what was answered to them."""
        opened = self.handshake(address)
        opened.send("40" + json.dumps({"token": self.world.token(person)}))
        return opened, str(opened.recv())

    def figure(self, name: str, **labels: str) -> float:
        answer = requests.get(
            f"{self.process.url}/metrics",
            timeout=10,
            headers={"Authorization": f"Bearer {FIGURES}"},
        )
        wanted = ",".join(f'{key}="{value}"' for key, value in labels.items())
        pattern = re.escape(f"{name}{{{wanted}}}" if wanted else name)
        found = re.search(rf"^{pattern} (\S+)$", answer.text, re.MULTILINE)
        assert found, answer.text
        return float(found[1])

    def said(self) -> str:
        return "".join(path.read_text() for path in self.process.folder.glob("*.log"))


def is_ended(opened: websocket.WebSocket) -> bool:
    """Whether the other end has hung up; what it said before is read and forgotten."""
    opened.settimeout(0.2)
    try:
        for _ in range(1000):
            if opened.recv() in ("", b""):
                return True
    except websocket.WebSocketTimeoutException:
        return False
    except (websocket.WebSocketException, OSError):
        return True
    return False


def test_each_person_has_so_many_and_others_have_theirs(house: House) -> None:
    answers = [house.open("lin", f"10.0.1.{n}")[1] for n in range(PER_PERSON)]
    assert all(answer.startswith('40{"sid"') for answer in answers)
    before = house.figure("concord_sockets_refused_total", reason="person")
    refused, sentence = house.open("lin")
    assert sentence.startswith("44")
    assert "too many connections" in sentence
    assert house.figure("concord_sockets_refused_total", reason="person") == before + 1
    assert house.open("maya")[1].startswith('40{"sid"')
    eventually(lambda: is_ended(refused), SOON)
    house.connections[0].shutdown(socket.SHUT_RDWR)
    eventually(lambda: house.open("lin")[1].startswith('40{"sid"'), SOON, "its place is free")


def test_each_address_has_so_many_before_anybody_is_looked_up(house: House) -> None:
    for _ in range(PER_ADDRESS):
        house.handshake("10.0.0.7")
    before = house.figure("concord_sockets_refused_total", reason="address")
    assert not is_let_in(house, "10.0.0.7")
    assert house.figure("concord_sockets_refused_total", reason="address") == before + 1
    assert is_let_in(house, "10.0.0.8")


def is_let_in(house: House, address: str) -> bool:
    try:
        return bool(house.handshake(address).connected)
    except (websocket.WebSocketException, AssertionError):
        return False


def test_who_does_not_say_who_they_are_does_not_stay(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = house.handshake("10.0.0.9")
    eventually(lambda: is_ended(silent), seconds=20)
    assert house.figure("concord_sockets_closed_total", reason="nameless") >= 1


def test_who_talks_without_end_is_ended_and_others_are_not(house: House) -> None:
    maya, _ = house.open("maya")
    flooding, _ = house.open("zhou")
    before = house.figure("concord_sockets_closed_total", reason="talks")
    with suppress(OSError, websocket.WebSocketException):
        for number in range(3000):
            flooding.send(f"42{number}" + json.dumps(["subscribe", {"topics": ["record:1"]}]))
    eventually(lambda: is_ended(flooding), SOON)
    assert house.figure("concord_sockets_closed_total", reason="talks") == before + 1
    answer = asked(maya, 7, [f"record:{house.world.records['huadong']}"])
    assert '"ok":true' in answer


def asked(opened: websocket.WebSocket, number: int, topics: list[str]) -> str:
    opened.settimeout(10)
    opened.send(f"42{number}" + json.dumps(["subscribe", {"topics": topics}]))
    while not (answer := str(opened.recv())).startswith(f"43{number}"):
        assert answer
    return answer


def test_as_many_messages_as_pages_send_are_answered(house: House) -> None:
    lin, _ = house.open("lin")
    topic = f"record:{house.world.records['huadong']}"
    for number in range(60):
        assert '"ok":true' in asked(lin, number, [topic])


def test_what_is_broken_or_too_large_harms_nobody(house: House) -> None:
    maya, _ = house.open("maya")
    topic = f"record:{house.world.records['huadong']}"
    for number, nasty in enumerate(NASTY):
        lin, _ = house.open("lin", f"10.0.2.{number}")
        with suppress(OSError, websocket.WebSocketException):
            for _ in range(3):
                lin.send(nasty)
        assert '"ok":true' in asked(maya, number, [topic]), nasty[:20]
        house.connections.pop().close()
    assert requests.get(f"{house.process.url}/livez", timeout=5).status_code == 200


def test_a_frame_that_claims_to_be_endless_is_not_waited_for(house: House) -> None:
    """Its length is a claim: nothing is kept for it."""
    lin, _ = house.open("lin")
    connection = house.connections[-1]
    connection.sendall(b"\x81\xff" + (2**40).to_bytes(8, "big") + b"mask")
    with suppress(OSError):
        for _ in range(64):
            connection.sendall(b"x" * 65536)
            time.sleep(0.01)
    eventually(lambda: is_ended(lin), SOON)


def test_a_page_that_leaves_while_it_subscribes_is_no_error(house: House) -> None:
    topics = [f"record:{record_id}" for record_id in house.world.records.values()]
    for _ in range(5):
        opened, _ = house.open("lin")
        opened.send("421" + json.dumps(["subscribe", {"topics": topics}]))
        house.connections[-1].shutdown(socket.SHUT_RDWR)
    time.sleep(1)
    assert "socket_event_failed" not in house.said()


def test_each_event_leaves_a_line_with_an_id_of_its_own(house: House) -> None:
    lin, _ = house.open("lin")
    asked(lin, 1, ["record:1"])
    said = house.said()
    assert re.search(r"socket_event.*event_id=\w{16}.*socket_event=subscribe", said)
    assert "sql_ms=" in said
