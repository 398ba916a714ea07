"""The world as fixtures: told once for each engine, copied for every test that asks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.postgres import PostgresServer
from tests.world import World, build, copied, reopened


def _told(folder: Path, database_url: str, language: str = "en") -> World:
    """A world that is only copied: nothing of it stays open."""
    world = build(folder, database_url, language=language)
    world.installation.database.dispose()
    return world


@pytest.fixture(scope="session")
def told_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The template: never changed, only copied."""
    folder = tmp_path_factory.mktemp("told")
    return _told(folder, f"sqlite:///{folder / 'concord.db'}")


@pytest.fixture(scope="session")
def told_in_chinese(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The house of a Chinese company, never changed either."""
    folder = tmp_path_factory.mktemp("told-zh")
    return _told(folder, f"sqlite:///{folder / 'concord.db'}", language="zh")


@pytest.fixture(scope="session")
def told_on_postgres(
    postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> World:
    return _told(tmp_path_factory.mktemp("told"), postgres_server.create_database())


@pytest.fixture
def world(told_on_sqlite: World, tmp_path: Path) -> Iterator[World]:
    """The demo people in a house of their own, on SQLite."""
    found = copied(told_on_sqlite, tmp_path)
    yield found
    found.close()


@pytest.fixture
def world_on_postgres(
    told_on_postgres: World, postgres_server: PostgresServer, tmp_path: Path
) -> Iterator[World]:
    told = told_on_postgres.installation.settings.database_url
    url = postgres_server.create_database(template=told.rpartition("/")[2])
    found = reopened(told_on_postgres, tmp_path, url)
    yield found
    found.close()
    postgres_server.drop_database(url)


@pytest.fixture(params=["sqlite", "postgres"])
def any_world(request: pytest.FixtureRequest) -> World:
    """The same world once on each engine."""
    name = "world" if request.param == "sqlite" else "world_on_postgres"
    found: World = request.getfixturevalue(name)
    return found
