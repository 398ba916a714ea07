"""The world as fixtures: told once for each engine, copied for every test that asks."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.postgres import PostgresServer
from tests.world import World, build, reopened


@pytest.fixture(scope="session")
def told_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The template: never changed, only copied."""
    folder = tmp_path_factory.mktemp("told")
    world = build(folder, f"sqlite:///{folder / 'concord.db'}")
    world.installation.database.dispose()
    return world


@pytest.fixture(scope="session")
def told_on_postgres(
    postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> World:
    world = build(tmp_path_factory.mktemp("told"), postgres_server.create_database())
    world.installation.database.dispose()
    return world


@pytest.fixture
def world(told_on_sqlite: World, tmp_path: Path) -> Iterator[World]:
    """The demo people in a house of their own, on SQLite."""
    shutil.copyfile(
        told_on_sqlite.installation.settings.data_dir / "concord.db", tmp_path / "concord.db"
    )
    found = reopened(told_on_sqlite, tmp_path, f"sqlite:///{tmp_path / 'concord.db'}")
    yield found
    found.installation.database.dispose()


@pytest.fixture
def world_on_postgres(
    told_on_postgres: World, postgres_server: PostgresServer, tmp_path: Path
) -> Iterator[World]:
    told = told_on_postgres.installation.settings.database_url
    url = postgres_server.create_database(template=told.rpartition("/")[2])
    found = reopened(told_on_postgres, tmp_path, url)
    yield found
    found.installation.database.dispose()
    postgres_server.drop_database(url)


@pytest.fixture(params=["sqlite", "postgres"])
def any_world(request: pytest.FixtureRequest) -> World:
    """The same world once on each engine."""
    name = "world" if request.param == "sqlite" else "world_on_postgres"
    found: World = request.getfixturevalue(name)
    return found
