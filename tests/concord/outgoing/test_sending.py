"""E02, E05: answers that lead elsewhere, never end, or come a byte at a time."""

import subprocess
import sys
import time
from collections.abc import Callable
from urllib.parse import quote

import pytest

from concord.installation import Installation
from concord.outgoing.client import send
from concord.outgoing.errors import OutgoingError, TooLarge, TooSlow, Unreachable
from tests.servers.receiver import Receiver, receiving


@pytest.fixture
def asked(receiver: Receiver, allowing: Callable[..., None]) -> Receiver:
    """A receiver that may be asked."""
    allowing(f"127.0.0.1:{receiver.port}")
    return receiver


def test_a_request_arrives_whole(asked: Receiver) -> None:
    answer = send("POST", f"{asked.url}/ok?a=1&b=%20", headers={"X-Who": "Lin"}, body=b"{}")
    assert (answer.status, answer.body, answer.is_success) == (200, b"hello", True)
    (received,) = asked.received
    assert (received.method, received.path, received.body) == ("POST", "/ok?a=1&b=%20", b"{}")
    assert received.headers["x-who"] == "Lin"
    assert received.headers["host"] == f"127.0.0.1:{asked.port}"


def test_a_redirect_is_an_answer_and_not_followed(asked: Receiver) -> None:
    with receiving() as inside:
        answer = send("GET", f"{asked.url}/redirect/{quote(inside.url, safe='')}")
        assert (answer.status, answer.headers["location"]) == (302, inside.url)
        assert inside.connections == 0


@pytest.mark.parametrize("mode", ["huge", "endless"])
def test_a_long_answer_is_cut(asked: Receiver, mode: str) -> None:
    with pytest.raises(TooLarge) as failed:
        send("GET", f"{asked.url}/{mode}", most=1000)
    assert failed.value.answer is not None
    assert (failed.value.answer.status, len(failed.value.answer.body)) == (200, 1000)


def test_a_thousand_headers_are_too_many(asked: Receiver) -> None:
    with pytest.raises(TooLarge):
        send("GET", f"{asked.url}/headers")


@pytest.mark.parametrize("mode", ["silent", "trickle", "trickle-head"])
def test_time_is_up_however_the_answer_dawdles(asked: Receiver, mode: str) -> None:
    began = time.monotonic()
    with pytest.raises(TooSlow):
        send("GET", f"{asked.url}/{mode}", seconds=0.6)
    assert time.monotonic() - began < 5


def test_nobody_waits_longer_than_ten_seconds(
    asked: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("concord.outgoing.client.LONGEST", 0.3)
    with pytest.raises(TooSlow):
        send("GET", f"{asked.url}/silent", seconds=3600)


@pytest.mark.parametrize("mode", ["reset", "garbage"])
def test_what_breaks_off_was_not_reached(asked: Receiver, mode: str) -> None:
    with pytest.raises(Unreachable):
        send("GET", f"{asked.url}/{mode}")


def test_a_resolver_that_hangs_does_not_hold_the_worker(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_o: time.sleep(2))
    with pytest.raises(TooSlow):
        send("GET", "http://slow.example/", seconds=0.2)


def test_every_failure_has_one_word_for_people() -> None:
    names = {kind.name for kind in OutgoingError.__subclasses__()}
    assert names == {"refused", "unreachable", "too_slow", "too_large"}


GREEN = """
from gevent import monkey, spawn, joinall
monkey.patch_all()
import sys, time
from pathlib import Path
from concord.installation import Installation, using
from concord.outgoing.client import send
from concord.outgoing.errors import TooSlow
from concord.settings import Settings

port = sys.argv[1]
settings = Settings(data_dir=Path("."), secret_key="", outgoing_allow=(f"127.0.0.1:{port}",))
installation = Installation(settings=settings, database=None, modules=(), records=None, facts=None)

def ask(path):
    with using(installation):
        try:
            return send("GET", f"http://127.0.0.1:{port}/{path}", seconds=3).status
        except TooSlow:
            return 0

began = time.monotonic()
jobs = [spawn(ask, "late") for _ in range(8)] + [spawn(ask, "trickle")]
joinall(jobs)
print([job.value for job in jobs], time.monotonic() - began < 7)
"""


def test_it_works_among_green_threads(receiver: Receiver) -> None:
    """Eight that answer after a second and one that trickles, all at once."""
    command = [sys.executable, "-W", "ignore", "-c", GREEN, str(receiver.port)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == f"{[200] * 8 + [0]} True", done.stderr
