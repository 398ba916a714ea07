"""The standard roles, and what an upgrade does to those an administrator has changed."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Scope
from concord.identity.models import Role
from concord.identity.permissions import Identity
from concord.identity.roles import STANDARD, ensure_roles
from concord.module import Module
from tests.world import World

NEW = "crm:forecast:read"


def upgraded(world: World) -> tuple[Module, ...]:
    """The modules as of a later version, with a permission and a field group that are new."""
    crm = next(module for module in world.installation.modules if module.name == "crm")
    roles = {key: {**grants, NEW: Scope.TEAM} for key, grants in crm.roles.items()}
    later = replace(crm, roles=roles, field_groups={**crm.field_groups, "sales": ("forecast",)})
    return tuple(later if module is crm else module for module in world.installation.modules)


def role(session: Session, key: str) -> Role:
    return session.scalars(select(Role).where(Role.key == key)).one()


def test_all_standard_roles_are_there_once(any_world: World) -> None:
    with any_world.writing() as session:
        ensure_roles(session, any_world.installation.modules)
        session.commit()
        keys = list(session.scalars(select(Role.key).order_by(Role.id)))
    assert keys == [standard.key for standard in STANDARD]


def test_an_upgrade_brings_what_is_new(world: World) -> None:
    with world.writing() as session:
        ensure_roles(session, upgraded(world))
        session.commit()
        sales = role(session, "sales")
        assert sales.grants[NEW] == "team"
        assert "forecast" in sales.field_groups


def test_an_upgrade_never_gives_back_what_was_taken(world: World) -> None:
    with world.writing() as session:
        finance = role(session, "finance")
        finance.grants = {n: s for n, s in finance.grants.items() if n != "crm:company:read"}
        finance.field_groups = []
        session.commit()
        ensure_roles(session, upgraded(world))
        session.commit()
        assert "crm:company:read" not in role(session, "finance").grants
        assert role(session, "finance").field_groups == []


def test_what_an_administrator_gave_stays_as_they_gave_it(world: World) -> None:
    with world.writing() as session:
        sales = role(session, "sales")
        sales.grants = {**sales.grants, NEW: "all"}
        session.commit()
        ensure_roles(session, upgraded(world))
        session.commit()
        assert role(session, "sales").grants[NEW] == "all"


def test_a_module_that_is_switched_off_takes_nothing_away(world: World) -> None:
    only = tuple(module for module in world.installation.modules if module.name == "concord")
    with world.writing() as session:
        ensure_roles(session, only)
        session.commit()
        assert "crm:company:read" in role(session, "sales").grants


@pytest.mark.parametrize("key", ["customer", "customer_administrator", "supplier"])
def test_outside_roles_manage_nobody_of_ours(world: World, key: str) -> None:
    with world.reading() as session:
        grants = role(session, key).grants
    assert not {Identity.USER_MANAGE, Identity.ROLE_MANAGE, Identity.PORTAL_INVITE} & set(grants)
    assert (Identity.COLLEAGUE_INVITE in grants) == (key == "customer_administrator")
