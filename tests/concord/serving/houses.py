"""Concord as it really runs: processes of their own, spoken to over HTTP and sockets."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.servers.processes import free_port

PATIENCE = 60.0
ROOT = Path(__file__).parents[3]


@dataclass
class House:
    """One installation: its settings, and the processes that were started in it."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def environment(self, **more: str) -> dict[str, str]:
        ours = {
            name: value for name, value in os.environ.items() if not name.startswith("CONCORD_")
        }
        paths = os.pathsep.join([str(ROOT), str(ROOT / "platform")])
        data = {"CONCORD_DATA_DIR": str(self.data), "PYTHONPATH": paths}
        return {**ours, **data, **self.settings, **more}

    def do(self, *words: str, stdin: str = "") -> str:
        """A command that ends, and what it said."""
        done = subprocess.run(
            [sys.executable, "-m", "concord", *words],
            env=self.environment(),
            input=stdin,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def start(self, *words: str, port: int = 0) -> Iterator["Running"]:
        """A command that serves; told to end when the block does."""
        port = port or free_port()
        log = self.folder / f"{'-'.join(words)}-{port}.log"
        with log.open("w") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "concord", *words],
                env=self.environment(CONCORD_PORT=str(port)),
                stdout=out,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )
        running = Running(process, port, log)
        try:
            yield running
        finally:
            running.end(signal.SIGTERM)


@dataclass
class Running:
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        asked = urllib.request.Request(self.url + path, headers=headers)  # noqa: S310
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def post(self, path: str, body: object, **headers: str) -> tuple[int, Any]:
        asked = urllib.request.Request(  # noqa: S310
            self.url + path,
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **headers},
        )
        with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310
            return answer.status, json.loads(answer.read())

    def wait_until_ready(self) -> "Running":
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.said()
            try:
                if self.get("/readyz")[0] == 200:
                    return self
            except OSError:
                pass
            time.sleep(0.05)
        raise AssertionError(f"not ready: {self.said()}")

    def worker(self) -> int:
        """The process that does the work; the one we started looks after it. 0: none now."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return int(next(iter(children.read_text().split()), 0))

    def end(self, number: signal.Signals) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
            try:
                return self.process.wait(timeout=40)
            finally:
                self.process.kill()
        return self.process.returncode
