"""A house in operation: its processes as in production, and who is signed in."""

import json
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, STDOUT, Popen
from typing import Any

import psycopg
import requests

from concord.actors import SYSTEM
from concord.identity.models import User
from concord.identity.sessions import COOKIE, start_session
from concord.identity.tokens import add as add_token
from tests.bench.asking import Asking, SignedIn
from tests.bench.cluster import Cluster, application, connected, plain
from tests.bench.floor import THREADS
from tests.bench.operations import OPERATIONS
from tests.bench.shape import MANAGERS, Shape
from tests.servers.concord import ROOT, Process, environment_for
from tests.servers.processes import end, free_port, listens, wait_for
from tests.servers.redis import RedisServer
from tests.world import SECRET

READERS = range(10, 35)  # all of them sell; the first asks, the second writes
UNLIMITED = 100_000_000  # requests a minute: counted as always, never refused


class Worker(Process):
    """Jobs alone: it answers nobody."""

    def _answers(self) -> bool:
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What is served, and the questions that can be asked of it."""

    url: str
    redis_url: str
    connection: psycopg.Connection[Any]
    asking: Asking
    people: Sequence[SignedIn]
    manager: SignedIn
    web: Process
    realtime: Process
    floor_port: int
    cold_start: float


@contextmanager
def serving(cluster: Cluster, shape: Shape) -> Iterator[House]:
    """Everything on a copy of a house, ended in the order in which it depends on each other."""
    _allow_many_sockets()
    with ExitStack() as stack:
        url = stack.enter_context(cluster.house(shape))
        folder = cluster.folder / "run"
        folder.mkdir(exist_ok=True)
        redis = RedisServer()
        stack.callback(redis.close)
        people, manager = _signed_in(url, folder)
        connection = stack.enter_context(connected(url))
        environment = _environment(url, folder, redis.url)
        web = Process("web", folder / "web", {**environment, "CONCORD_DATABASE_URL": named(url)})
        environment["CONCORD_BASE_URL"] = web.environment["CONCORD_BASE_URL"] = web.url
        begun = time.perf_counter()
        stack.callback(web.stop)
        web.start()
        cookies = {COOKIE: people[0].cookie}
        assert requests.get(f"{web.url}/customers", cookies=cookies, timeout=30).ok
        cold_start = time.perf_counter() - begun
        realtime = Process("realtime", folder / "realtime", environment)
        stack.callback(realtime.stop)
        realtime.start()
        worker = Worker("worker", folder / "worker", environment)
        stack.callback(worker.stop)
        worker.start()
        asking = Asking(connection, people, web.url)
        yield House(
            url=url,
            redis_url=redis.url,
            connection=connection,
            asking=asking,
            people=people,
            manager=manager,
            web=web,
            realtime=realtime,
            floor_port=stack.enter_context(_floor(folder, url, asking)),
            cold_start=cold_start,
        )


def named(url: str) -> str:
    """Connections of the web role say so, for its statements to be told from all others."""
    return f"{url}?application_name=web"


def _environment(url: str, folder: Path, redis_url: str) -> dict[str, str]:
    return environment_for(
        folder / "data",
        url,
        redis_url,
        CONCORD_ENV="production",
        CONCORD_TRUSTED_HOSTS="127.0.0.1",
        CONCORD_API_RATE=str(UNLIMITED),
        CONCORD_SOCKETS_PER_PERSON="0",
        CONCORD_SOCKETS_PER_ADDRESS="0",
    )


def _signed_in(url: str, folder: Path) -> tuple[list[SignedIn], SignedIn]:
    """People who sell, and a manager, who may change what is others'."""
    found = []
    with (
        application(url, folder / "data", SECRET) as app,
        app.extensions["concord"].database.writing() as session,
    ):
        for user_id in (*READERS, min(MANAGERS)):
            user = session.get_one(User, user_id)
            options: dict[str, Any] = {"device": "a browser", "address": "127.0.0.1"}
            cookie = start_session(session, user, None, lasting=True, **options)
            _row, token = add_token(session, SYSTEM, user, name="a program")
            found.append(SignedIn(user_id, cookie, token))
        session.commit()
    return found[:-1], found[-1]


@contextmanager
def _floor(folder: Path, url: str, asking: Asking) -> Iterator[int]:
    statements = {
        each.key: {"statement": each.statement, "parameters": asking.parameters(each.parameters)}
        for each in OPERATIONS
    }
    kept = folder / "floor.json"
    kept.write_text(json.dumps(statements), encoding="utf-8")
    port = free_port()
    environment = {**os.environ, "BENCH_FLOOR": str(kept), "BENCH_DATABASE": plain(url)}
    command = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--threads"]
    command += [str(THREADS), "--bind", f"127.0.0.1:{port}", "--keep-alive", "20"]
    with (folder / "floor.log").open("ab") as log:
        process = Popen(
            [*command, "tests.bench.floor:app"],
            cwd=ROOT,
            env=environment,
            stdin=DEVNULL,
            stdout=log,
            stderr=STDOUT,
            start_new_session=True,
        )
    try:
        if not wait_for(process, lambda: listens(port)):
            raise RuntimeError(f"the floor did not start: see {folder / 'floor.log'}")
        yield port
    finally:
        end(process, signal.SIGTERM)


def _allow_many_sockets() -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
