"""R22: a database behind a wire that is slow, silent or cut: requests end in time with a sentence,
and when the wire is whole again so is everything.
"""

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from concord.database.patience import CONNECTING
from concord.jobs.executors import beats_of_all
from tests.servers.concord import Process, environment_for
from tests.servers.redis import RedisServer
from tests.servers.relay import Relay, Wire
from tests.waiting import eventually
from tests.world import World

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.redis]

# Less than a house has, so that the test has less to wait for.
PATIENCE = 4
LONGEST = 2.5 * (PATIENCE + CONNECTING)  # two waves, each of which tries to connect once more
LONGEST_END = PATIENCE + 10
AT_ONCE = 24  # more than there are threads and connections


@pytest.fixture
def relay(world_on_postgres: World) -> Iterator[Relay]:
    url = world_on_postgres.installation.settings.database_url
    found = Relay(int(url.rpartition(":")[2].partition("/")[0]))
    yield found
    found.close()


@pytest.fixture
def web(
    world_on_postgres: World, relay: Relay, redis_server: RedisServer, tmp_path: Path
) -> Iterator[Process]:
    before, _, after = world_on_postgres.installation.settings.database_url.rpartition(":")
    url = f"{before}:{relay.port}/{after.partition('/')[2]}"
    environment = environment_for(tmp_path, url, redis_server.url)
    program = impatient("concord.cli.serve")
    found = Process("web", tmp_path / "web", environment, program=program)
    yield found.start()
    relay.wire = Wire.WHOLE
    found.stop()


def impatient(module: str) -> tuple[str, ...]:
    """The program, with the PATIENCE of this test in that module."""
    patience = f"import {module} as its; its.PATIENCE = {PATIENCE}"
    return (sys.executable, "-c", f"{patience}; from concord.cli.main import main; main()")


def ask(world: World, web: Process, number: int) -> tuple[int, float]:
    """Somebody writes a note: how that was answered, and after how many seconds."""
    begun = time.monotonic()
    answer = requests.post(
        f"{web.url}/api/v1/records/{world.records['huadong']}/timeline",
        json={"kind": "note", "body": f"Note {number}", "audience": "internal"},
        headers={"Authorization": f"Bearer {world.token('lin')}"},
        timeout=120,
    )
    return answer.status_code, time.monotonic() - begun


def many(world: World, web: Process) -> list[tuple[int, float]]:
    world.token("lin")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda number: ask(world, web, number), range(AT_ONCE)))


def test_a_slow_wire_is_slow(world_on_postgres: World, web: Process, relay: Relay) -> None:
    relay.delay = 0.1
    status, seconds = ask(world_on_postgres, web, 1)
    assert status == 201
    assert seconds > 0.5


def test_a_silent_wire_holds_nobody_for_good(
    world_on_postgres: World, web: Process, relay: Relay
) -> None:
    assert {status for status, _ in many(world_on_postgres, web)} == {201}
    relay.wire = Wire.SILENT
    answers = many(world_on_postgres, web)
    assert {status for status, _ in answers} == {503}
    print(f"silent: answered after {sorted(round(seconds, 1) for _, seconds in answers)}")
    assert max(seconds for _, seconds in answers) < LONGEST
    assert requests.get(f"{web.url}/livez", timeout=5).text == "alive"
    relay.wire = Wire.WHOLE
    again = many(world_on_postgres, web)
    assert {status for status, _ in again} == {201}
    assert max(seconds for _, seconds in again) < 2 * PATIENCE


def test_a_cut_wire_is_said_at_once(world_on_postgres: World, web: Process, relay: Relay) -> None:
    assert ask(world_on_postgres, web, 1)[0] == 201
    relay.refuse()
    answers = many(world_on_postgres, web)
    assert {status for status, _ in answers} == {503}
    assert max(seconds for _, seconds in answers) < 5
    relay.wire = Wire.WHOLE
    assert {status for status, _ in many(world_on_postgres, web)} == {201}


def test_an_answer_that_never_arrived_is_given_again(
    world_on_postgres: World, web: Process
) -> None:
    """R21: the client lost the line between its question and the answer, and asks once more."""
    world = world_on_postgres
    line = Relay(web.port)
    line.swallows_answers = True
    headers = {"Authorization": f"Bearer {world.token('lin')}", "Idempotency-Key": "once"}
    path = f"/api/v1/records/{world.records['huadong']}/timeline"
    sent = {"kind": "note", "body": "Did you hear me?", "audience": "internal"}
    with pytest.raises(requests.ConnectionError):
        requests.post(f"http://127.0.0.1:{line.port}{path}", json=sent, headers=headers, timeout=20)
    again = requests.post(web.url + path, json=sent, headers=headers, timeout=20)
    assert again.status_code == 201
    assert again.headers["Idempotency-Replayed"] == "true"
    page = requests.get(web.url + path, headers=headers, timeout=20)
    assert page.text.count("Did you hear me?") == 1
    line.close()


def test_a_worker_ends_when_told_although_its_database_is_away(
    world_on_postgres: World, relay: Relay, tmp_path: Path
) -> None:
    """R31: it cannot even take its leave, and ends in the time that it is given."""
    before, _, after = world_on_postgres.installation.settings.database_url.rpartition(":")
    url = f"{before}:{relay.port}/{after.partition('/')[2]}"
    program = impatient("concord.serving.worker")
    worker = Process("worker", tmp_path / "worker", environment_for(tmp_path, url), program=program)
    worker.begin()
    eventually(lambda: beats(world_on_postgres) > 0, 60)
    relay.refuse()
    try:
        assert worker.drain(LONGEST_END) == 0
    finally:
        worker.kill()


def beats(world: World) -> int:
    return max(beats_of_all(world.installation.database).values(), default=0)
