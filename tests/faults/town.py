"""A town: two processes of each role behind nginx, on a PostgreSQL and a Redis of their own, with
people who write and hundreds of open pages that follow.
"""

import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from tests.concord.webhooks.conftest import hooks_in
from tests.faults.readers import Readers
from tests.servers.concord import CONCORD, ROOT, Process, environment_for
from tests.servers.nginx import NginxServer
from tests.servers.postgres import LASTING, PostgresServer
from tests.servers.receiver import Receiver
from tests.servers.redis import RedisServer
from tests.world import World, build

RECORDS = 40


@dataclass
class Town:
    """All of it. `records` are the companies whose timelines are written on and read."""

    folder: Path
    world: World
    postgres: PostgresServer
    redis: RedisServer
    environment: dict[str, str]
    processes: dict[str, Process]
    nginx: NginxServer
    receiver: Receiver
    records: list[int] = field(default_factory=list)
    hook_id: int = 0
    readers: Readers | None = None

    @property
    def database_url(self) -> str:
        return self.world.installation.settings.database_url

    def session(self) -> requests.Session:
        """A client that trusts the town's certificate, whatever the environment names."""
        client = requests.Session()
        client.trust_env = False
        client.verify = str(self.nginx.certificate)
        return client

    def headers(self, person: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.world.token(person)}"}

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`concord …` in the town's own settings."""
        return subprocess.run(
            [str(CONCORD), *words],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
        )

    def mend(self) -> None:
        """Whatever a case left broken runs again."""
        self.postgres.start()
        self.redis.start()
        for process in self.processes.values():
            if not process.runs:
                process.start()

    def said(self) -> dict[str, str]:
        return {name: process.said() for name, process in self.processes.items()}


@contextmanager
def founded(
    folder: Path, *, readers: int, postgres: PostgresServer | None = None
) -> Iterator[Town]:
    """A town that runs, with so many open pages; everything ends with the block."""
    postgres, redis = postgres or PostgresServer(settings=LASTING), RedisServer()
    receiver = Receiver()
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    processes: dict[str, Process] = {}
    nginx = None
    try:
        data = folder / "data"
        data.mkdir(parents=True)
        world = build(data, postgres.create_database())
        environment = environment_for(
            data,
            world.installation.settings.database_url,
            redis.url,
            CONCORD_PROXY_HOPS="1",
            CONCORD_API_RATE="600000",
            CONCORD_SOCKETS_PER_PERSON="0",
            CONCORD_OUTGOING_ALLOW=f"127.0.0.1:{receiver.port}",
        )
        for name in ("web-1", "web-2", "realtime-1", "realtime-2", "worker-1", "worker-2"):
            role = name.partition("-")[0]
            processes[name] = Process(role, folder / name, environment, name=name)
            processes[name].start()
        nginx = NginxServer(
            folder / "nginx",
            [processes[name].port for name in ("web-1", "web-2")],
            [processes[name].port for name in ("realtime-1", "realtime-2")],
        )
        town = Town(folder, world, postgres, redis, environment, processes, nginx, receiver)
        town.hook_id = hooks_in(world, receiver)("na", "*")
        town.records = [_company(town, number) for number in range(RECORDS)]
        town.readers = Readers(town, readers)
        town.readers.wait_until_open()
        yield town
    finally:
        _end(locals().get("town"), processes, nginx)
        receiver.shutdown()
        receiver.server_close()
        redis.close()
        postgres.thaw()
        postgres.stop()


def _end(town: Any, processes: dict[str, Process], nginx: NginxServer | None) -> None:
    if town is not None and town.readers is not None:
        town.readers.close()
    for process in processes.values():
        process.kill()
    if nginx is not None:
        nginx.stop()
    if town is not None:
        town.world.installation.database.dispose()


def _company(town: Town, number: int) -> int:
    answer = town.session().post(
        f"{town.nginx.url}/api/v1/companies",
        json={"name": f"Street {number}", "is_customer": True},
        headers=town.headers("maya"),
    )
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])
