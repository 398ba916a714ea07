"""Nobody learns from a gap that something was noted which is not theirs to know."""

from concord.realtime import rings
from concord.realtime.rings import Sound
from concord.realtime.topics import positions
from concord.timeline.actions import post
from concord.timeline.queries import page
from tests.world import World


def counted_by(world: World, person: str) -> list[int]:
    """The positions of Huadong's timeline as somebody reads it, oldest first, page by page."""
    found: list[int] = []
    actor, after = world.actor(person), 0
    with world.app.test_request_context(), world.reading() as session:
        record = world.record(session, "huadong")
        while True:
            shown = page(session, actor, record, after=after, limit=4)
            found.extend(entry.position for entry in reversed(shown.entries))
            if shown.next is None:
                return found
            after = shown.next


def change_credit(world: World, limit: str) -> None:
    answer = world.api("maya").patch(
        f"/api/v1/companies/{world.records['huadong']}",
        json={"credit_limit": {"amount": limit, "currency": "CNY"}},
    )
    assert answer.status_code == 200, answer.text


def note(world: World, body: str) -> None:
    with world.act("anna") as (session, anna):
        post(session, anna, world.record(session, "huadong"), kind="note", body=body)


def test_colleagues_without_the_group_count_without_its_entries(any_world: World) -> None:
    for number in range(3):
        change_credit(any_world, f"{number + 1}00000.00")
        note(any_world, f"Note {number}.")
    maya, lin = counted_by(any_world, "maya"), counted_by(any_world, "lin")
    assert maya == list(range(1, len(maya) + 1))
    assert lin == list(range(1, len(lin) + 1))
    assert len(maya) - len(lin) >= 3


def test_backwards_they_count_the_same(any_world: World) -> None:
    for number in range(3):
        note(any_world, f"Note {number}.")
        change_credit(any_world, f"{number + 1}00000.00")
    forward, backward, before = counted_by(any_world, "lin"), list[int](), None
    actor = any_world.actor("lin")
    with any_world.app.test_request_context(), any_world.reading() as session:
        record = any_world.record(session, "huadong")
        while True:
            shown = page(session, actor, record, before=before, limit=4)
            backward.extend(entry.position for entry in shown.entries)
            assert shown.position == forward[-1]
            if shown.next is None:
                break
            before = shown.next
    assert backward[::-1] == forward


def test_each_is_rung_for_the_position_that_they_count(any_world: World) -> None:
    topic = f"record:{any_world.records['huadong']}"
    heard: list[Sound] = []
    before = list(rings._emit)
    rings.ring_through(heard.append)
    try:
        change_credit(any_world, "700000.00")
        assert {s.room for s in heard if s.name == "changed" and s.room.startswith(topic)} == {
            f"{topic}:staff:credit"
        }
        note(any_world, "After it.")
    finally:
        rings._emit[:] = before
    last = {s.room: s.payload["position"] for s in heard if s.room.startswith(topic)}
    for person, room in (("lin", f"{topic}:staff"), ("maya", f"{topic}:staff:credit")):
        assert rings.rooms_of_record(any_world.actor(person), any_world.records["huadong"]) == [
            room
        ]
        assert last[room] == counted_by(any_world, person)[-1]
        with any_world.reading() as session:
            assert positions(session, any_world.actor(person), [topic]) == {topic: last[room]}
