"""A release is exchanged while people work: process by process, nobody is sent away."""

import io
import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.faults.town import Town
from tests.faults.truth import check
from tests.faults.writers import Writers, refusals
from tests.servers.relay import Relay

pytestmark = [pytest.mark.faults, pytest.mark.whole, pytest.mark.postgres, pytest.mark.redis]

LONGEST_DRAIN = 30.0
BETWEEN = 5.0  # as operators are told: nginx has to learn that the one is back before the next goes
UPLOAD = 600_000


def test_every_process_is_exchanged_under_load(town: Town) -> None:
    """R29, R31: no write fails more than once, and each process ends by itself in time."""
    drained = {}
    with Writers(town) as writers:
        for name, process in town.processes.items():
            writers.wait_for(4)
            begun = time.monotonic()
            assert process.drain(LONGEST_DRAIN + 10) == 0, process.said()[-500:]
            drained[name] = round(time.monotonic() - begun, 1)
            process.start()
            time.sleep(BETWEEN)
        writers.wait_for(4)
    check(town, writers)
    print(f"drained in {drained}; {len(writers.writes)} writes, {refusals(writers.writes)}")
    assert max(drained.values()) <= LONGEST_DRAIN
    assert max(len(write.failures) for write in writers.writes) <= 1


def test_what_is_under_way_is_finished(town: Town) -> None:
    """R31: an upload that takes seconds is answered by a process that was told to end meanwhile."""
    web = town.processes["web-1"]
    relay = Relay(web.port, rate=150_000)
    with ThreadPoolExecutor() as pool:
        answers = [pool.submit(_upload, town, relay.port) for _ in range(3)]
        time.sleep(1.5)
        assert web.drain(LONGEST_DRAIN) == 0
        assert [answer.result().status_code for answer in answers] == [201] * 3
    relay.close()
    town.mend()


def _upload(town: Town, port: int) -> requests.Response:
    return requests.post(
        f"http://127.0.0.1:{port}/api/v1/files",
        files={"file": ("Plan.bin", io.BytesIO(os.urandom(UPLOAD)))},
        headers=town.headers("lin"),
        timeout=60,
    )
