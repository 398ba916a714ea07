"""Each way to serve: it starts, answers, survives the loss of a process, and ends when told to."""

import os
import re
import signal
import socket
import time
from pathlib import Path

import pytest
import socketio

from concord.app import create_app
from concord.installation import using
from concord.mail import queue
from concord.settings import Settings
from tests.concord.serving.houses import PATIENCE, House
from tests.servers.redis import RedisServer
from tests.waiting import eventually

pytestmark = pytest.mark.faults

LINA = ("user", "add", "lina@beacon.example", "--name", "Li Na", "--role", "administrator")
PASSWORD = "correct horse battery"


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.fixture
def town_house(tmp_path: Path, postgres_url: str, redis_server: RedisServer) -> House:
    """With a PostgreSQL and a Redis, as processes of their own need them."""
    settings = {"CONCORD_DATABASE_URL": postgres_url, "CONCORD_REDIS_URL": redis_server.url}
    return House(tmp_path, settings)


def token(house: House) -> str:
    house.do(*LINA, "--password-stdin", stdin=PASSWORD + "\n")
    return house.do("token", "add", "lina@beacon.example", "--name", "test").strip()


def queue_a_mail(house: House) -> None:
    settings = Settings(
        data_dir=house.data,
        secret_key="s" * 32,
        database_url=house.settings["CONCORD_DATABASE_URL"],
    )
    installation = create_app(settings, ()).extensions["concord"]
    with using(installation), installation.database.writing() as session:
        queue(session, to="lina@beacon.example", subject="Hello", text="It works.")
        session.commit()
    installation.database.dispose()


@pytest.mark.slow
def test_run_tells_the_demo_world_serves_it_and_ends_when_told(house: House) -> None:
    with house.start("run") as first:
        first.wait_until_ready()
        said = first.said()
        assert "Sign in to the demo world as:" in said
        assert re.search(r"staff +lin@beacon\.example +\S+ +Lin Chen", said)
        assert "Concord is at http://127.0.0.1:" in said
        assert first.get("/login")[0] == 200
        assert first.end(signal.SIGINT) == 0
    with house.start("run") as second:
        second.wait_until_ready()
        assert [line for line in second.said().splitlines() if "@" in line] == [
            line for line in said.splitlines() if "@" in line
        ]
        begun = time.monotonic()
        assert second.end(signal.SIGTERM) == 0
    assert time.monotonic() - begun < 8
    assert "Traceback" not in first.said() + second.said()


@pytest.mark.parametrize("words", [("run",), ("serve",)])
def test_a_busy_port_is_one_sentence(house: House, words: tuple[str, ...]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        with house.start(*words, port=port) as refused:
            assert refused.process.wait(PATIENCE) == 1
    assert refused.said() == (
        f"concord: Port {port} on 127.0.0.1 is in use: stop what runs there, or set CONCORD_PORT.\n"
    )


@pytest.mark.parametrize("role", ["web", "realtime"])
def test_a_role_of_its_own_needs_what_joins_it_to_the_others(house: House, role: str) -> None:
    with house.start("serve", "--role", role) as refused:
        assert refused.process.wait(PATIENCE) == 1
    assert refused.said() == "concord: This role needs PostgreSQL: set CONCORD_DATABASE_URL.\n"


@pytest.mark.slow
def test_one_database_is_served_by_one_process(house: House) -> None:
    with house.start("serve") as running:
        running.wait_until_ready()
        with house.start("serve") as second:
            assert second.process.wait(PATIENCE) == 1
    assert second.said() == (
        "concord: Another process works as 'embedded' on this database: stop it first.\n"
    )


def test_all_in_one_survives_the_loss_of_its_worker(house: House) -> None:
    with house.start("serve") as running:
        lost = running.wait_until_ready().worker()
        os.kill(lost, signal.SIGKILL)
        eventually(lambda: running.worker() not in (0, lost), PATIENCE)
        running.wait_until_ready()


def test_an_open_socket_does_not_hold_up_the_end(house: House) -> None:
    """R31."""
    house.do("migrate")
    with house.start("serve") as running:
        running.wait_until_ready()
        client = socketio.Client(reconnection=False)
        client.connect(running.url, auth={"token": token(house)}, transports=["websocket"])
        assert client.connected
        begun = time.monotonic()
        assert running.end(signal.SIGTERM) == 0
        client.disconnect()
    assert time.monotonic() - begun < 8
    assert "Traceback" not in running.said()


def test_web_realtime_and_worker_are_one_house(town_house: House) -> None:
    town_house.do("migrate")
    bearer = token(town_house)
    with (
        town_house.start("serve", "--role", "web") as web,
        town_house.start("serve", "--role", "realtime") as realtime,
        town_house.start("worker", "--name", "worker-1") as worker,
    ):
        web.wait_until_ready()
        realtime.wait_until_ready()
        client = socketio.Client(reconnection=False)
        client.connect(realtime.url, auth={"token": bearer}, transports=["websocket"])
        heard: list[object] = []
        client.on("changed", heard.append)
        headers = {"Authorization": f"Bearer {bearer}"}
        huadong = {"name": "Huadong", "is_customer": True}
        status, company = web.post("/api/v1/companies", huadong, **headers)
        assert status == 201
        topic = f"record:{company['id']}"
        assert client.call("subscribe", {"topics": [topic]})[topic]["ok"]
        note = {"kind": "note", "body": "Called.", "audience": "internal"}
        web.post(f"/api/v1/records/{company['id']}/timeline", note, **headers)
        eventually(lambda: bool(heard), PATIENCE)
        queue_a_mail(town_house)
        eventually(lambda: any(town_house.data.glob("mail/*.eml")), PATIENCE)
        assert heard[0]["topic"] == topic  # type: ignore[index]
        client.disconnect()
        assert worker.end(signal.SIGTERM) == 0
        assert realtime.end(signal.SIGTERM) == 0
        assert web.end(signal.SIGTERM) == 0
    for process in (web, realtime, worker):
        assert "Traceback" not in process.said()
