"""Fixtures of the attack cases."""

import pytest
from sqlalchemy import select

from concord.identity.models import Role
from tests.world import World


@pytest.fixture
def narrow(any_world: World) -> World:
    """A house in which sales and purchasing know only their own companies, people and tasks."""
    with any_world.writing() as session:
        for role in session.scalars(select(Role).where(Role.key.in_(("sales", "purchasing")))):
            role.grants = {name: narrowed(name, scope) for name, scope in role.grants.items()}
        any_world.record(session, "lianchuang").owner_id = any_world.people["na"]
        session.commit()
    return any_world


def narrowed(permission: str, scope: str) -> str:
    return "own" if permission.startswith(("crm:", "tasks:")) else scope
