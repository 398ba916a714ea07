"""Nobody is told of what they cannot open."""

from sqlalchemy import select

from concord.actors import Audience, Face
from concord.facts.record import Link
from concord.identity.actors import actors_of
from concord.notifications.models import Notification
from concord.notifications.writing import may_read
from concord.records.models import Record
from concord.timeline.actions import post
from concord.timeline.models import TimelineLink
from tests.world import World


def test_every_notification_is_of_an_entry_its_reader_can_open(any_world: World) -> None:
    world = any_world
    with world.app.test_request_context(), world.reading() as session:
        rows = session.scalars(select(Notification)).all()
        assert rows
        for row in rows:
            readers = [
                actor
                for actor in actors_of(session, [row.user_id])[row.user_id]
                if actor.face is Face(row.face) and actor.company_id == row.company_id
            ]
            place = session.get_one(Record, row.record_id)
            link = session.scalars(
                select(TimelineLink).where(
                    TimelineLink.entry_id == row.entry_id, TimelineLink.record_id == row.record_id
                )
            ).one()
            shown = Link(place, Audience(link.audience), link.company_id, link.field_group)
            assert any(may_read(session, reader, place, shown) for reader in readers), row.id


def test_whoever_did_it_is_not_told(any_world: World) -> None:
    before = _told(any_world, "lin")
    with any_world.act("lin") as (session, actor):
        record = any_world.record(session, "huadong")
        post(session, actor, record, kind="note", body="I write on my own customer.")
    assert _told(any_world, "lin") == before
    with any_world.act("anna") as (session, actor):
        post(session, actor, any_world.record(session, "huadong"), kind="note", body="So do I.")
    assert _told(any_world, "lin") != before


def _told(world: World, person: str) -> list[tuple[int, int]]:
    """Position and count of every line in somebody's inbox."""
    with world.reading() as session:
        lines = select(Notification.position, Notification.count)
        mine = lines.where(Notification.user_id == world.people[person])
        rows = session.execute(mine.order_by(Notification.position))
        return [(position, count) for position, count in rows]


def test_a_mention_of_somebody_who_cannot_see_the_entry_is_refused(world: World) -> None:
    zhou = world.people["zhou"]
    answer = world.api("lin").post(
        f"/api/v1/records/{world.records['huadong']}/timeline",
        json={"kind": "note", "body": "Floor price: 12 % off", "mentions": [zhou]},
    )
    assert answer.status_code == 422
    assert "mentions" in answer.get_json()["errors"]
