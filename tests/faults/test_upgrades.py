"""A house that is lived in is brought to this release from every earlier one, and killed at every
step on the way: it ends as one that was made today, with all of its rows.
"""

from collections.abc import Callable
from typing import Any

import pytest

from concord.migrations.run import migrate
from tests.faults.upgrading import (
    HISTORY,
    columns_of,
    go_back,
    killed_before,
    rows,
    schema,
    triggers,
    upgraded,
)
from tests.world import World

pytestmark = [pytest.mark.faults]

NEWEST = HISTORY[-1]
EARLIER = HISTORY[:-1]
STRIDE = 7  # statements between two kills where not every one is tried


@pytest.fixture
def house(any_world: World) -> World:
    """As of this release; nothing of it is open, so that it may be copied into other processes."""
    any_world.installation.database.dispose()
    return any_world


def seen(house: World, look: Callable[..., Any], *more: Any) -> Any:
    with house.installation.database.engine.connect() as connection:
        found = look(connection, *more)
    house.installation.database.dispose()
    return found


@pytest.mark.parametrize(
    "revision",
    [*(pytest.param(one, marks=pytest.mark.whole) for one in EARLIER[:-1]), EARLIER[-1]],
)
def test_from_an_earlier_release(house: World, revision: str) -> None:
    """R09: killed again and again on the way, always a little later."""
    today, kept = seen(house, schema), seen(house, triggers)
    go_back(house.installation, revision)
    columns = seen(house, columns_of)
    before = seen(house, rows, columns)
    statement = 1
    while killed_before(statement, lambda: migrate(house.installation)):
        statement += STRIDE
    assert seen(house, schema) == today
    assert seen(house, triggers) == kept
    after = seen(house, rows, columns)
    for table in columns:
        assert set(before.get(table, ())) <= set(after.get(table, ())), table


@pytest.mark.whole
def test_killed_before_every_statement(house: World) -> None:
    """R09: from the first release to this one, migration by migration."""
    today = seen(house, schema)
    go_back(house.installation, HISTORY[0])
    columns = seen(house, columns_of)
    before = seen(house, rows, columns)
    kills = 0
    for revision in HISTORY[1:]:
        statement = 1
        while killed_before(statement, lambda to=revision: upgraded(house.installation, to)):  # type: ignore[misc]
            statement += 1
        kills += statement - 1
    statement = 1
    while killed_before(statement, lambda: migrate(house.installation)):
        statement += 1
    print(f"killed {kills + statement - 1} times")
    assert seen(house, schema) == today
    after = seen(house, rows, columns)
    for table in columns:
        assert set(before[table]) <= set(after[table]), table
