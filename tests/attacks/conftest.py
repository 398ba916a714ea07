"""Fixtures of the attack cases."""

import pytest

from tests.attacks.doors import narrow_house
from tests.world import World


@pytest.fixture
def narrow(world: World) -> World:
    """A house in which sales and purchasing know only their own companies, people and tasks."""
    return narrow_house(world)
