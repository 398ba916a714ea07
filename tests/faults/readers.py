"""The open pages of a town, which live in a process of their own (`crowd.py`)."""

import json
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.servers.concord import ROOT
from tests.servers.processes import end, end_with_parent

if TYPE_CHECKING:
    from tests.faults.town import Town

CROWD = Path(__file__).with_name("crowd.py")
PATIENCE = 180.0


@dataclass(frozen=True)
class Page:
    """One open page: which record it follows as whom, and what it showed since it opened."""

    record_id: int
    person: str
    begun: int
    seen: list[tuple[int, int]]
    connects: int
    rings: int
    refused: dict[str, int]


class Readers:
    """So many pages: most are Maya's, on every company in turn; a tenth is Zhou Min's, who sees
    from outside what is shared with Huadong.
    """

    def __init__(self, town: "Town", number: int) -> None:
        self.pages = [_page(town, one) for one in range(number)]
        with socket.create_server(("127.0.0.1", 0)) as door:
            port = str(door.getsockname()[1])
            self._process = subprocess.Popen(
                [sys.executable, "-m", "gevent.monkey", str(CROWD), port],
                cwd=ROOT,
                preexec_fn=end_with_parent,
            )
            door.settimeout(PATIENCE)
            self._line, _address = door.accept()
        self._wire = self._line.makefile("rw")
        told = {
            "host": "127.0.0.1",
            "port": town.nginx.port,
            "certificate": str(town.nginx.certificate),
            "readers": [(record, town.world.token(person)) for record, person in self.pages],
        }
        self._say(json.dumps(told))

    def wait_until_open(self) -> None:
        """All of them are connected and know where they begin."""
        deadline = time.monotonic() + PATIENCE
        while not all(connected and begun >= 0 for connected, begun, _at in self.how_far()):
            assert time.monotonic() < deadline, self.trouble()
            time.sleep(0.5)

    def how_far(self) -> list[tuple[bool, int, int]]:
        """Of each page whether it is connected, where it began and where it is."""
        return [(one[0], one[1], one[2]) for one in self._ask("how far")]

    def report(self) -> list[Page]:
        return [
            Page(record, person, begun, [(at, entry) for at, entry in seen], connects, rings, no)
            for (record, person), (begun, seen, connects, rings, no) in zip(
                self.pages, self._ask("everything"), strict=True
            )
        ]

    def trouble(self) -> dict[str, int]:
        """What was refused to them, counted."""
        found: dict[str, int] = {}
        for page in self.report():
            for failure, count in page.refused.items():
                found[failure] = found.get(failure, 0) + count
        return found

    def close(self) -> None:
        self._wire.close()
        self._line.close()
        end(self._process, signal.SIGTERM)

    def _ask(self, question: str) -> list[Any]:
        self._say(question)
        found: list[Any] = json.loads(self._wire.readline())
        return found

    def _say(self, line: str) -> None:
        self._wire.write(line + "\n")
        self._wire.flush()


def _page(town: "Town", number: int) -> tuple[int, str]:
    if number % 10 == 9:
        return town.world.records["huadong"], "zhou"
    return town.records[number % len(town.records)], "maya"
