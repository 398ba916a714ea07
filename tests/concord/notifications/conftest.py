"""A house that takes answers by mail."""

from dataclasses import replace

import pytest

from tests.world import World


@pytest.fixture
def answering(world: World) -> World:
    settings = replace(world.installation.settings, answer_address="concord@beacon.example")
    world.installation.settings = settings
    return world
