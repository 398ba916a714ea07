"""The PostgreSQL of the benchmark: set up as a real server would be, its houses kept and copied."""

import json
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask
from psycopg import sql

from concord.app import create_app
from concord.installation import using
from concord.migrations.run import migrate
from concord.migrations.state import newest
from concord.settings import Settings
from tests.bench.filling import fill
from tests.bench.shape import Shape
from tests.servers.postgres import PostgresServer
from wsgi import MODULES

SERVER = {
    "shared_buffers": "512MB",
    "effective_cache_size": "4GB",
    "work_mem": "16MB",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
    "synchronous_commit": "on",
    "fsync": "on",
    "max_connections": "100",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "log_line_prefix": "%a|",
}
ROOM = 8_000_000_000
"""Bytes that stay free beside a copy: what is written while it is measured, and the log of that."""


class Cluster:
    """Each run works on a copy of a kept house, so that all of them begin with the same rows."""

    def __init__(self, folder: Path) -> None:
        place = folder / "postgres"
        place.mkdir(parents=True, exist_ok=True)
        self.server = PostgresServer(place, SERVER)
        self.folder = folder

    @contextmanager
    def house(self, shape: Shape) -> Iterator[str]:
        """The URL of a house of this shape, made first where there is none.

        Where the disk has no room for a copy the house itself is used up, and made anew next time.
        """
        self._ensure(shape)
        self.server.drop_database(self.server.url("run"))
        if self._fits_twice(shape):
            url = self.server.create_database(template=shape.name, name="run")
        else:
            print(f"No room on the disk for a copy of {shape.name}: it is used itself.", flush=True)
            url = self.server.url(shape.name)
        try:
            yield url
        finally:
            self.server.drop_database(url)

    def _ensure(self, shape: Shape) -> None:
        url, wanted = self.server.url(shape.name), _said(shape)
        if self.server.has_database(shape.name) and self._comment(shape.name) == wanted:
            return
        begun = time.monotonic()
        print(f"Filling a house with {shape.entries:,} entries …", flush=True)
        self.server.drop_database(url)
        self.server.create_database(name=shape.name)
        with application(url, self.folder / "filling") as app:
            installation = app.extensions["concord"]
            migrate(installation)
            with connected(url) as connection:
                connection.autocommit = False
                fill(connection, shape)
                noted = sql.SQL("COMMENT ON DATABASE {} IS {}")
                name = sql.Identifier(shape.name)
                connection.execute(noted.format(name, sql.Literal(wanted)))
        print(f"  done in {time.monotonic() - begun:.0f} s", flush=True)

    def _fits_twice(self, shape: Shape) -> bool:
        with connected(self.server.url("postgres")) as connection:
            row = connection.execute("SELECT pg_database_size(%s)", [shape.name]).fetchone()
        assert row is not None
        return int(row[0]) + ROOM < shutil.disk_usage(self.folder).free

    def _comment(self, name: str) -> str:
        with connected(self.server.url("postgres")) as connection:
            query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
            row = connection.execute(f"{query} WHERE datname = %s", [name]).fetchone()
            return str(row[0]) if row else ""

    def stop(self) -> None:
        with connected(self.server.url("postgres")) as connection:
            connection.execute("CHECKPOINT")
        self.server.stop()


@contextmanager
def application(url: str, folder: Path, secret: str = "") -> Iterator[Flask]:
    """The program in this process, for what is filled in and asked beside the measured ones."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(data_dir=folder, secret_key=secret or secrets.token_hex(), database_url=url)
    app = create_app(settings, MODULES)
    installation = app.extensions["concord"]
    with app.app_context(), using(installation):
        yield app
    installation.database.dispose()
    if not secret:
        shutil.rmtree(folder, ignore_errors=True)


def connected(url: str) -> psycopg.Connection[Any]:
    return psycopg.connect(plain(url), autocommit=True)


def plain(url: str) -> str:
    """As psycopg itself takes it."""
    return url.replace("+psycopg", "")


def _said(shape: Shape) -> str:
    return json.dumps({**shape.described(), "migration": newest()})
