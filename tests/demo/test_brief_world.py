"""The brief story: quick to tell, in both languages, at any hour, and only once."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from concord.actors import Audience, Face
from concord.demo.tell import AlreadyTold, tell
from concord.records.models import Record
from concord.timeline.models import Entry, TimelineLink
from tests.demo.conftest import Telling
from tests.world import World

SHANGHAI = ZoneInfo("Asia/Shanghai")
RECORDS = (
    "huadong kessler suzhou vogel hengtai lianchuang zhou_min paul_ericsson gu_yifan ursula_brandt "
    "huang_lei wei_jie iso_certificate fleet_tablets proposal_v3 torque_stand_parts beds "
    "promise_dates zero_after_transport answer_dates reads_too_high"
).split()
FACES = {"zhou": Face.CUSTOMER, "paul": Face.CUSTOMER, "ursula": Face.CUSTOMER,
         "huang": Face.SUPPLIER, "wei": Face.SUPPLIER}  # fmt: skip


def test_tests_find_their_people_and_records(world: World) -> None:
    assert set(RECORDS) <= world.records.keys()
    assert {"lin", "maya", "rita", "tom", *FACES} <= world.people.keys()
    for person, face in FACES.items():
        assert world.actor(person).face is face
    assert world.actor("zhou").is_administrator
    assert not world.actor("paul").is_administrator


def test_huadong_and_hengtai_have_entries_for_each_reader(world: World) -> None:
    with world.reading() as session:
        audiences = {
            key: set(
                session.scalars(
                    select(TimelineLink.audience).where(
                        TimelineLink.record_id == world.records[key]
                    )
                )
            )
            for key in ("huadong", "kessler", "hengtai", "lianchuang")
        }
    assert audiences["huadong"] == audiences["kessler"] == {Audience.INTERNAL, Audience.CUSTOMER}
    assert audiences["hengtai"] == {Audience.INTERNAL, Audience.SUPPLIER}
    assert Audience.SUPPLIER in audiences["lianchuang"]


def test_it_is_told_in_chinese(brief_world: Telling) -> None:
    world = brief_world("zh")
    with world.reading() as session:
        assert world.record(session, "huadong").title == "华东精密制造"
        assert world.record(session, "zhou_min").title == "周敏"
        assert world.record(session, "promise_dates").title == "我们如何承诺交期"
        bodies = session.scalars(select(Entry.body).where(Entry.actor_id == world.people["lin"]))
        assert all(any(letter > "一" for letter in body) for body in bodies if body)


@pytest.mark.parametrize("clock_time", ["00:01", "07:30", "23:59"])
def test_nothing_happens_in_the_future(brief_world: Telling, clock_time: str) -> None:
    at = datetime.fromisoformat(f"2026-11-22T{clock_time}").replace(tzinfo=SHANGHAI)
    world = brief_world("en", at)
    with world.reading() as session:
        moments = session.scalars(select(Entry.at).order_by(Entry.id)).all()
    assert list(moments) == sorted(moments)
    assert moments[-1] < at
    assert moments[-1].astimezone(SHANGHAI).date() == at.date()


def test_a_world_is_told_only_once(world: World) -> None:
    with world.reading() as session:
        before = session.scalars(select(Record.id)).all()
    with pytest.raises(AlreadyTold, match="not empty"), world.app.app_context():
        tell(world.installation, language="en")
    with world.reading() as session:
        assert session.scalars(select(Record.id)).all() == before
