"""The whole demo story, once in each language on each engine: what people look for in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from concord.app import create_app
from concord.demo.tell import tell
from concord.installation import using
from concord.migrations.run import migrate
from tests.servers.postgres import PostgresServer
from tests.world import World, settings_for
from wsgi import MODULES


def told(data_dir: Path, database_url: str, language: str) -> World:
    app = create_app(settings_for(data_dir, database_url, language=language), MODULES)
    installation = app.extensions["concord"]
    with app.app_context(), using(installation):
        migrate(installation)
        story = tell(installation, language=language)
    return World(app, installation, story.people, story.records)


@pytest.fixture(scope="session", params=["sqlite-en", "sqlite-zh", "postgres-en", "postgres-zh"])
def whole_world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    engine, language = request.param.split("-")
    folder = tmp_path_factory.mktemp(request.param)
    url = f"sqlite:///{folder / 'concord.db'}"
    if engine == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.create_database()
    world = told(folder, url, language)
    yield world
    world.installation.database.dispose()
