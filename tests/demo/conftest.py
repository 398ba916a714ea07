"""Worlds told for these tests: the whole one once, brief ones in a moment."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from concord import clock
from concord.app import create_app
from concord.database.base import Model
from concord.demo.tell import Told, tell
from concord.installation import Installation
from tests.world import World, settings_for
from wsgi import MODULES

Telling = Callable[..., World]


def told_in(folder: Path, language: str, *, brief: bool, at: datetime | None = None) -> World:
    """A world of its own in `folder`, told as of `at`."""
    app = create_app(settings_for(folder, f"sqlite:///{folder / 'concord.db'}"), MODULES)
    installation: Installation = app.extensions["concord"]
    Model.metadata.create_all(installation.database.engine)
    with clock.telling(at or clock.now()), app.app_context():
        told: Told = tell(installation, language=language, brief=brief)
    return World(app, installation, told.people, told.records)


@pytest.fixture(scope="session")
def whole_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The full story in English; tests only read it."""
    world = told_in(tmp_path_factory.mktemp("whole"), "en", brief=False)
    yield world
    world.installation.database.dispose()


@pytest.fixture
def brief_world(tmp_path: Path) -> Iterator[Telling]:
    """Tells a brief world in a language, as of a moment."""
    worlds: list[World] = []

    def telling(language: str, at: datetime | None = None) -> World:
        worlds.append(told_in(tmp_path, language, brief=True, at=at))
        return worlds[-1]

    yield telling
    for world in worlds:
        world.installation.database.dispose()
