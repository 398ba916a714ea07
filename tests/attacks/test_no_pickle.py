"""C07: what lies in Redis, in the job table or in a cookie is data: nobody runs code with it."""

import ast
import base64
import json
import pickle
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import redis
import socketio
from sqlalchemy import text

from concord.app import create_app
from concord.database.base import Model
from concord.installation import using
from concord.jobs.job import enqueue
from concord.jobs.listing import unfinished
from concord.jobs.statuses import SCHEMA
from concord.jobs.worker import Worker
from concord.keys import name_in_redis
from concord.realtime.server import make_socketio
from concord.settings import Settings
from concord.timeline.actions import post
from concord.web import toasts
from tests.concord.jobs.diary import WRITE, lines, open_diary, prepare
from tests.servers.concord import Process, environment_for
from tests.servers.redis import RedisServer
from tests.waiting import eventually
from tests.world import World, copied, settings_for
from wsgi import MODULES

ROOT = Path(__file__).parents[2]
SOURCES = [path for part in ("platform", "modules") for path in (ROOT / part).rglob("*.py")]
FORBIDDEN = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "marshal", "shelve", "yaml"}


SOON = 20.0


class Trap:
    """Unpickled, it touches a file: that is the code an attacker would run."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return Path.touch, (self.path,)


def test_nothing_of_ours_reads_a_format_that_can_run_code() -> None:
    """C07."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name.partition(".")[0] for name in names} & FORBIDDEN, path


def test_no_column_holds_a_pickle() -> None:
    """C07: SQLAlchemy's PickleType would read whatever stands there."""
    for table in Model.metadata.sorted_tables:
        for column in table.columns:
            assert "Pickle" not in type(column.type).__name__, column


def test_the_socket_library_is_one_that_sends_json_between_processes() -> None:
    """C07: before 5.14 its processes told each other pickles (CVE-2025-61765)."""
    release = tuple(int(part) for part in version("python-socketio").split(".")[:2])
    assert release >= (5, 14)


@contextmanager
def listening(server: RedisServer, settings: Settings) -> Iterator[Any]:
    """What is said on the channel between the processes of a house."""
    client = redis.Redis.from_url(server.url)
    heard: Any = client.pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]
    heard.subscribe(name_in_redis(settings))
    heard.get_message(timeout=1)
    yield heard
    heard.close()
    client.close()


@pytest.fixture
def channel(world: World, redis_server: RedisServer) -> Iterator[Any]:
    with listening(redis_server, world.installation.settings) as heard:
        yield heard


def test_a_ring_travels_as_json(world: World, redis_server: RedisServer, channel: Any) -> None:
    """C07: and holds a topic and a position, nothing else."""
    settings = world.installation.settings
    app = create_app(
        settings_for(settings.data_dir, settings.database_url, redis_url=redis_server.url), MODULES
    )
    make_socketio(app, role="web")
    web = World(app, app.extensions["concord"], world.people, world.records)
    with web.act("lin") as (session, lin):
        huadong = web.record(session, "huadong")
        post(session, lin, huadong, kind="note", body="Floor price 12 %")
    said = []
    while (message := channel.get_message(timeout=1)) is not None:
        said.append(json.loads(message["data"]))
    web.installation.database.dispose()
    rings = [one for one in said if one["event"] == "changed"]
    assert {f"record:{world.records['huadong']}"} <= {one["data"][0]["topic"] for one in rings}
    assert all(set(one["data"][0]) <= {"topic", "position"} for one in rings)
    assert "Floor price" not in str(said)


def test_another_house_on_the_same_redis_hears_nothing(
    world: World, redis_server: RedisServer, channel: Any
) -> None:
    settings = world.installation.settings
    theirs = replace(settings, redis_url=redis_server.url, secret_key="of another house" * 3)
    app = create_app(theirs, MODULES)
    make_socketio(app, role="web")
    other = World(app, app.extensions["concord"], world.people, world.records)
    with listening(redis_server, theirs) as heard:
        with other.act("lin") as (session, lin):
            post(session, lin, other.record(session, "huadong"), kind="note", body="Ours alone")
        assert heard.get_message(timeout=5) is not None, "it rings in its own house"
    assert channel.get_message(timeout=1) is None
    other.installation.database.dispose()


@pytest.fixture
def house(
    told_on_sqlite: World, tmp_path: Path, redis_server: RedisServer
) -> Iterator[tuple[World, Process]]:
    """A serving process that listens on Redis."""
    world = copied(told_on_sqlite, tmp_path)
    settings = world.installation.settings
    environment = environment_for(tmp_path, settings.database_url, redis_server.url)
    process = Process("all", tmp_path / "all", environment).start()
    yield world, process
    process.stop()
    world.close()


def test_a_pickle_in_redis_runs_nothing(
    house: tuple[World, Process], redis_server: RedisServer, tmp_path: Path
) -> None:
    """C07: nor does anything else that is no message; the rings after it still arrive."""
    world, process = house
    topic, trap = f"record:{world.records['huadong']}", tmp_path / "trapped"
    client = socketio.Client(reconnection=False)
    heard: list[Any] = []
    client.on("changed", heard.append)
    client.connect(process.url, auth={"token": world.token("lin")}, transports=["websocket"])
    assert client.call("subscribe", {"topics": [topic]}, timeout=10)[topic]["ok"]
    messages = redis.Redis.from_url(redis_server.url)
    channel = name_in_redis(world.installation.settings)
    eventually(lambda: messages.pubsub_numsub(channel)[0][1] > 0, SOON)
    for content in (
        pickle.dumps(Trap(trap)),
        pickle.dumps({"method": "emit", "event": Trap(trap), "data": [], "namespace": "/"}),
        b"\x80\x04.", b"", b"[]", b"null", b'"method"', b"{", b"\xff" * 100,
        b'{"method": "emit"}', b'{"method": "emit", "event": 1, "data": 2, "room": {}}',
        b'{"method": "callback", "host_id": null}', b'{"method": "no such"}',
        b'{"method": ["emit"], "data": "x"}',
    ):  # fmt: skip
        messages.publish(channel, content)
    ring = {"topic": topic, "position": 4711}
    message = {"method": "emit", "event": "changed", "data": [ring], "binary": False}
    message |= {"namespace": "/", "room": f"{topic}:staff", "skip_sid": None, "host_id": "other"}
    # What cannot be read makes the listener listen anew: a ring meanwhile is lost, as rings may be.
    eventually(lambda: messages.publish(channel, json.dumps(message)) > 0 and ring in heard, SOON)
    assert not trap.exists()
    messages.close()
    client.disconnect()


def test_a_pickle_in_the_job_table_runs_nothing(engine_url: str, tmp_path: Path) -> None:
    """C07: a job is what its row says in JSON, whatever the row calls itself."""
    diary, trap = open_diary(engine_url, tmp_path), tmp_path / "trapped"
    prepare(diary)
    schema = "" if diary.database.sqlite else f"{SCHEMA}."
    with using(diary):
        with diary.database.writing() as session:
            wanted = [enqueue(session, WRITE, page) for page in (1, 2)]
            hidden = _pickled({"args": (Trap(trap),), "kwargs": {}})
            for change in (
                "workflow_input SET inputs = :hidden WHERE workflow_uuid = :job",
                "workflow_status SET serialization = 'py_pickle' WHERE workflow_uuid = :job",
            ):
                changed = text(f"UPDATE {schema}{change}")
                values = {"hidden": hidden, "job": wanted[0]}
                session.execute(changed, {n: v for n, v in values.items() if f":{n}" in change})
            session.commit()
        worker = Worker(diary, "diarist")
        worker.start()
        try:
            with diary.database.reading() as session:
                eventually(lambda: _written(diary, 2) == 1, SOON)
            time.sleep(0.5)
        finally:
            worker.stop(patience=1)
        assert [job.id for job in unfinished(diary.database)] == wanted[:1]
    assert not trap.exists()
    assert _written(diary, 1) == 0
    diary.database.dispose()


def _written(diary: Any, page: int) -> int:
    with diary.database.reading() as session:
        return lines(session, page)


def _pickled(value: Any) -> str:
    """As DBOS keeps a pickle."""
    return base64.b64encode(pickle.dumps(value)).decode()


def test_a_forged_cookie_is_no_message(world: World) -> None:
    """C07: what a page carries over a redirect is signed JSON."""
    browser = world.client("lin")
    for value in ("gASVAAAAAAAA", "eyJhIjoxfQ", "[{'message': 'x'}]", "W10.W10.W10", "\x80"):
        browser.set_cookie(toasts.COOKIE, value)
        answer = browser.get("/customers")
        assert answer.status_code == 200
        assert 'class="toasts" role="status" aria-live="polite" hx-morph-skip></div>' in answer.text
