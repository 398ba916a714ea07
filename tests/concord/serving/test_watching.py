"""A worker has a door for those who watch, on this machine alone, when its operator wants one."""

import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.concord.serving.houses import PATIENCE, House
from tests.servers.processes import free_port

pytestmark = pytest.mark.faults

TOKEN = "figures please"


def house_with(tmp_path: Path, **settings: str) -> House:
    return House(tmp_path, {f"CONCORD_{name}": value for name, value in settings.items()})


def ask(port: int, path: str, token: str = TOKEN) -> tuple[int, str]:
    headers = {"Authorization": f"Bearer {token}"}
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            assert time.monotonic() < deadline, "nobody listens"
            time.sleep(0.1)


def listening_at(port: int) -> set[str]:
    """The addresses of this machine at which somebody listens there, as the kernel writes them."""
    found = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    places = [fields[1].split(":") for fields in found if fields[3] == "0A"]
    return {address for address, at in places if int(at, 16) == port}


def test_a_worker_tells_how_it_does(tmp_path: Path) -> None:
    port = free_port()
    house = house_with(tmp_path, METRICS_PORT=str(port), METRICS_TOKEN=TOKEN)
    house.do("migrate")
    with house.start("worker", "--name", "worker-1") as worker:
        status, figures = ask(port, "/metrics")
        assert status == 200
        assert 'concord_jobs_waiting{queue="concord-jobs"}' in figures
        assert "process_resident_memory_bytes" in figures
        assert ask(port, "/livez") == (200, "alive")
        assert ask(port, "/readyz")[0] == 200
        assert ask(port, "/metrics", "wrong")[0] == 404
        assert ask(port, "/login")[0] == 404
        assert listening_at(port) == {"0100007F"}, "on 127.0.0.1 and nowhere else"
        with house.start("worker", "--name", "worker-2") as refused:
            assert refused.process.wait(PATIENCE) == 1
    assert refused.said() == (
        f"concord: Port {port} on 127.0.0.1 is in use: "
        "stop what runs there, or set CONCORD_METRICS_PORT.\n"
    )
    assert "Traceback" not in worker.said()


def test_figures_without_a_token_are_refused_at_the_start(tmp_path: Path) -> None:
    house = house_with(tmp_path, METRICS_PORT="9108")
    with house.start("worker") as refused:
        assert refused.process.wait(PATIENCE) == 1
    said = "concord: CONCORD_METRICS_TOKEN must be set beside CONCORD_METRICS_PORT.\n"
    assert refused.said() == said
