"""The house whose people have passwords."""

import pytest

from tests.concord.identity.house import House
from tests.world import World


@pytest.fixture
def house(world: World) -> House:
    return House(world)


@pytest.fixture
def any_house(any_world: World) -> House:
    """The same once on each engine."""
    return House(any_world)
