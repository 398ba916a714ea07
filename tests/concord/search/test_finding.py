"""What people type finds what they mean, over the whole demo story, on both engines."""

import pytest

from concord.search.entries import search_entries
from concord.search.queries import search
from tests.concord.search.queries import CHINESE, ENGLISH, Meant
from tests.world import World

AMONG = 3
"""So many lines are read before one types on."""
ALLOWED = 2 / 60


def is_found(world: World, meant: Meant) -> bool:
    actor = world.actor("lin")
    with world.app.test_request_context(), world.reading() as session:
        if meant.said:
            entries = search_entries(session, actor, meant.typed, limit=AMONG)
            return any(meant.said in entry.snippet for entry in entries)
        hits = search(session, actor, meant.typed, limit=AMONG)
        return any(hit.title == meant.title for hit in hits)


def test_there_are_enough_of_them() -> None:
    assert len({*ENGLISH, *CHINESE}) >= 60


@pytest.mark.slow
def test_what_is_typed_finds_what_is_meant(whole_world: World) -> None:
    language = whole_world.installation.settings.language
    asked = CHINESE if language == "zh" else ENGLISH
    missed = [meant for meant in asked if not is_found(whole_world, meant)]
    assert len(missed) <= ALLOWED * len(asked), missed
