"""Among twenty thousand others people still find what they mean; tests/bench asks among more."""

import pytest

from concord.timeline.visits import mark_seen
from tests.bench.search_at_scale import fill, generated, missed
from tests.concord.search.looking import found
from tests.world import World

MANY = 20_000
ALLOWED = 2 / 60


@pytest.mark.slow
def test_what_is_typed_finds_what_is_meant_among_many(any_world: World) -> None:
    world = any_world
    with world.writing() as session:
        fill(session, MANY)
    with world.reading() as session:
        asked = generated(session)
    assert len(asked) >= 60
    lost = missed(world, asked)
    assert len(lost) <= ALLOWED * len(asked), lost

    # Hundreds are called so; it is the one that Lin has looked at.
    with world.act("lin") as (session, actor):
        mark_seen(session, actor, world.record(session, "zhou_min"), 1)
    assert found(world, "lin", "zh")[0].title == "Zhou Min"
    assert found(world, "maya", "zh")[0].title != "Zhou Min"
