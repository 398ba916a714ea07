"""Clients that are slow, or many at once, behind the proxy: they harm nobody but themselves."""

import io
import os
import statistics
import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
import requests

from tests.faults.town import Town
from tests.servers.relay import Relay

pytestmark = [pytest.mark.faults, pytest.mark.whole, pytest.mark.postgres, pytest.mark.redis]

SLOW = 40
BYTES_PER_SECOND = 4_000
CONTENT = os.urandom(160_000)


def test_slow_clients_keep_nobody_waiting(town: Town) -> None:
    """R20: forty uploads and downloads at a crawl hold no thread of ours."""
    file_id = _upload(town, town.nginx.port).json()["id"]
    before = _pace(town)
    relay = Relay(town.nginx.port, rate=BYTES_PER_SECOND)
    with ThreadPoolExecutor(SLOW) as pool:
        slow: list[Future[requests.Response]] = [
            pool.submit(_upload, town, relay.port)
            if number % 2
            else pool.submit(_download, town, relay.port, file_id)
            for number in range(SLOW)
        ]
        time.sleep(4)
        during = _pace(town)
        assert not any(answer.done() for answer in slow), "they were not slow at all"
        assert {answer.result().status_code for answer in slow} == {200, 201}
    relay.close()
    print(f"p95 of others: {before * 1000:.0f} ms before, {during * 1000:.0f} ms during")
    assert during < max(3 * before, 0.5)


def test_fifty_at_once_with_one_key_are_one(town: Town) -> None:
    """R24: spread over two processes, all get the answer of the one that wrote."""
    record, key = town.records[0], os.urandom(8).hex()
    sent = {"kind": "note", "body": f"Once: {key}", "audience": "internal"}

    def post(_number: int) -> requests.Response:
        return town.session().post(
            f"{town.nginx.url}/api/v1/records/{record}/timeline",
            json=sent,
            headers={**town.headers("maya"), "Idempotency-Key": key},
            timeout=60,
        )

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(post, range(50)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    replayed = [answer.headers.get("Idempotency-Replayed") for answer in answers]
    assert replayed.count(None) == 1
    page = town.session().get(
        f"{town.nginx.url}/api/v1/records/{record}/timeline", headers=town.headers("maya")
    )
    assert page.text.count(key) == 1


def _pace(town: Town) -> float:
    """The 95th percentile of twenty-five looks at a timeline, in seconds."""
    client, found = town.session(), []
    url = f"{town.nginx.url}/api/v1/records/{town.records[1]}/timeline"
    for _ in range(25):
        begun = time.monotonic()
        assert client.get(url, headers=town.headers("maya"), timeout=30).status_code == 200
        found.append(time.monotonic() - begun)
    return statistics.quantiles(found, n=20)[-1]


def _upload(town: Town, port: int) -> requests.Response:
    return town.session().post(
        f"https://127.0.0.1:{port}/api/v1/files",
        files={"file": ("Plan.bin", io.BytesIO(CONTENT))},
        headers=town.headers("lin"),
        timeout=120,
    )


def _download(town: Town, port: int, file_id: int) -> requests.Response:
    return town.session().get(
        f"https://127.0.0.1:{port}/api/v1/files/{file_id}",
        headers=town.headers("lin"),
        timeout=120,
    )
