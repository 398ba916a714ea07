"""Concord itself as real processes for tests, in the roles it has in production."""

import os
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import requests

from tests.servers.processes import (
    Runner,
    ServerMissing,
    end,
    end_with_parent,
    free_port,
    last_words,
    wait_for,
)
from tests.world import SECRET

ROOT = Path(__file__).parents[2]
CONCORD = Path(sys.executable).with_name("concord")


@dataclass(slots=True)
class Process:
    """One role on one port; `kill()` is a crash, `start()` brings it back on the same port.

    A worker has a `name` and no port.
    """

    role: str
    folder: Path
    environment: dict[str, str]
    port: int = field(default_factory=free_port)
    name: str = "worker"
    program: tuple[str, ...] = (str(CONCORD),)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def process_id(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> "Process":
        process = self.begin()
        if not wait_for(process, self._answers):
            said = last_words(Runner(self.folder))
            raise ServerMissing(f"concord --role {self.role} did not start: {said}")
        return self

    def begin(self) -> subprocess.Popen[bytes]:
        """Started, and perhaps not serving yet."""
        self.folder.mkdir(parents=True, exist_ok=True)
        runner = Runner(self.folder)
        environment = {**os.environ, **self.environment, "CONCORD_PORT": str(self.port)}
        with runner.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*self.program, "serve", "--role", self.role, "--name", self.name],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
        return self._process

    def kill(self) -> None:
        """The whole process group at once, without a word."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def stop(self) -> None:
        if self._process is not None:
            end(self._process, signal.SIGTERM)

    def drain(self, patience: float) -> int:
        """Told to end, it does by itself; gives how it ended."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=patience)

    def limit_files(self, most: int) -> int:
        """How many files each of its processes may have open from now on; gives what it was."""
        assert self._process is not None
        first = self._process.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        former = resource.prlimit(first, resource.RLIMIT_NOFILE)
        for process in [first, *map(int, children)]:
            resource.prlimit(process, resource.RLIMIT_NOFILE, (most, former[1]))
        return former[0]

    def said(self) -> str:
        return Runner(self.folder).log.read_text(errors="replace")

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _answers(self) -> bool:
        if self.role == "worker":
            return self.runs
        try:
            return requests.get(f"{self.url}/livez", timeout=1).status_code == 200
        except requests.RequestException:
            return False


def environment_for(
    data_dir: Path, database_url: str, redis_url: str | None = None, **more: str
) -> dict[str, str]:
    found = {
        "CONCORD_DATA_DIR": str(data_dir),
        "CONCORD_DATABASE_URL": database_url,
        "CONCORD_SECRET_KEY": SECRET,
        **more,
    }
    return found | ({"CONCORD_REDIS_URL": redis_url} if redis_url else {})
