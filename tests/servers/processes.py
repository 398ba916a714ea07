"""Starts servers for tests on free ports of 127.0.0.1, as an unprivileged user, and ends them."""

import ctypes
import os
import pwd
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PATIENCE = 90.0  # seconds that a server may take to start, on a machine with other things to do
ATTEMPTS = 3  # at a port, which another process may take first
PORTS = range(20_000, 32_000)

Command = Sequence[str | Path]


class ServerMissing(Exception):
    """This machine cannot run the server; the message says why."""


@dataclass(frozen=True)
class Runner:
    """Runs programs as `user` (None: the user of this process) in a folder that user owns."""

    folder: Path
    user: str | None = None

    @classmethod
    def unprivileged(cls, folder: Path) -> "Runner":
        """For programs that refuse to run as root."""
        runner = cls(folder, "nobody" if os.geteuid() == 0 else None)
        runner.own(folder)
        return runner

    def own(self, path: Path) -> None:
        if self.user:
            user = pwd.getpwnam(self.user)
            os.chown(path, user.pw_uid, user.pw_gid)

    def run(self, command: Command) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **self._options()
        )

    def start(self, command: Command) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the tests, which then end the server
                preexec_fn=end_with_parent,
                **self._options(),
            )

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def _options(self) -> dict[str, Any]:
        options: dict[str, Any] = {"cwd": self.folder, "stdin": subprocess.DEVNULL}
        if self.user:
            group = pwd.getpwnam(self.user).pw_gid
            options |= {"user": self.user, "group": group, "extra_groups": []}
        return options


def start_on_free_port(
    runner: Runner, command: Callable[[int], Command], answers: Callable[[int], bool]
) -> tuple[int, subprocess.Popen[bytes]]:
    for _ in range(ATTEMPTS):
        port = free_port()
        process = runner.start(command(port))
        if wait_for(process, lambda port=port: answers(port)):  # type: ignore[misc]
            return port, process
        end(process, signal.SIGKILL)
    raise ServerMissing(f"{Path(command(0)[0]).name} did not start: {last_words(runner)}")


def wait_for(process: subprocess.Popen[bytes], ready: Callable[[], bool]) -> bool:
    """False when the process ended instead, or took too long."""
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        if ready():
            return True
        time.sleep(0.02)
    return False


def end(process: subprocess.Popen[bytes], politely: signal.Signals) -> None:
    if process.poll() is None:
        process.send_signal(politely)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()


def end_with_parent() -> None:
    """Where the kernel can: tests that are killed leave no server behind."""
    if sys.platform == "linux":
        parent_death_signal = 1
        ctypes.CDLL(None).prctl(parent_death_signal, signal.SIGINT)


def free_port() -> int:
    """Below those that outgoing connections take: a server that is away for a moment finds it
    free again, and who asks for it meanwhile is not connected to themselves."""
    luck = random.SystemRandom()
    for _ in PORTS:
        port = luck.choice(PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise ServerMissing("no port is free")


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def last_words(runner: Runner) -> str:
    return runner.log.read_text(errors="replace").strip()[-500:] if runner.log.exists() else ""


def wheel_folder(package: str) -> Path:
    """Where a wheel lies, without importing it."""
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ServerMissing(f"the package {package} is not installed")
    return Path(found.submodule_search_locations[0])
