"""What comes round by the clock is done once in each slot, by whichever worker comes first."""

import threading
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from concord.actors import SYSTEM
from concord.clock import now, telling
from concord.installation import Installation, using
from concord.jobs.holding import hold, lift
from concord.jobs.models import ScheduleSlot
from concord.jobs.schedules import Daily, Schedule
from concord.jobs.slots import ask_for_due, forget, run_now
from tests.concord.jobs.conftest import is_done, on_page, working
from tests.concord.jobs.diary import ROUND
from tests.waiting import eventually

ROUNDS = 24
MOMENT = datetime(2026, 11, 27, 9, 40, tzinfo=UTC)


def every(rhythm: timedelta | Daily) -> Schedule:
    return Schedule(name="test.round", every=rhythm, run=lambda *_: None)


def due(diary: Installation, moment: datetime) -> list[str]:
    with using(diary), telling(moment):
        return ask_for_due(diary)


def slots(diary: Installation) -> list[ScheduleSlot]:
    with diary.database.reading() as session:
        return list(session.scalars(select(ScheduleSlot).order_by(ScheduleSlot.id)))


@pytest.mark.parametrize(
    ("minutes", "began", "next_begins"),
    [(1, "09:40", "09:41"), (15, "09:30", "09:45"), (60, "09:00", "10:00")],
)
def test_a_slot_begins_at_a_round_time(minutes: int, began: str, next_begins: str) -> None:
    schedule = every(timedelta(minutes=minutes))
    assert f"{schedule.slot(MOMENT, 'UTC'):%H:%M}" == began
    assert f"{schedule.following(MOMENT, 'UTC'):%H:%M}" == next_begins


def test_a_day_is_that_of_the_house() -> None:
    schedule = every(Daily(time(3)))
    assert schedule.slot(MOMENT, "Asia/Shanghai").isoformat() == "2026-11-26T19:00:00+00:00"
    assert schedule.following(MOMENT, "Asia/Shanghai").isoformat() == "2026-11-27T19:00:00+00:00"


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_a_day_on_which_the_clocks_change_has_one_slot(day: str) -> None:
    """R19: 02:30 is missing in Berlin on the first of these days and comes twice on the second."""
    schedule = every(Daily(time(2, 30)))
    noon = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    hours = [noon + timedelta(hours=hour) for hour in range(-24, 25)]
    assert len({schedule.slot(hour, "Europe/Berlin") for hour in hours}) == 3


def test_two_workers_at_once_ask_once(diary: Installation) -> None:
    """R34: the slot's row is unique, whoever comes second writes none."""
    asked: list[list[str]] = []
    together = threading.Barrier(4)

    def look() -> None:
        together.wait()
        asked.append(due(diary, MOMENT))

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(asked) == [[], [], [], ["diary.round"]]
    assert len(slots(diary)) == 1


def test_a_worker_does_what_the_clock_asks_for_once(diary: Installation) -> None:
    with working(diary) as worker:
        worker.sweeper.ask_for_due()
        eventually(lambda: on_page(diary, ROUNDS) == 1)
        worker.sweeper.ask_for_due()
        eventually(lambda: is_done(diary))
    assert on_page(diary, ROUNDS) in (1, 2), "the hour may have turned meanwhile"
    assert on_page(diary, ROUNDS) == len(slots(diary))
    assert all(slot.ended_at for slot in slots(diary))


def test_slots_that_nobody_worked_in_are_made_up_for_once(diary: Installation) -> None:
    assert due(diary, MOMENT) == ["diary.round"]
    with working(diary):
        eventually(lambda: is_done(diary))
        assert due(diary, MOMENT + timedelta(hours=9)) == ["diary.round"]
        assert due(diary, MOMENT + timedelta(hours=9)) == []
        eventually(lambda: is_done(diary))
    assert on_page(diary, ROUNDS) == 2


def test_while_one_run_waits_no_other_is_asked_for(diary: Installation) -> None:
    assert due(diary, MOMENT) == ["diary.round"]
    assert due(diary, MOMENT + timedelta(hours=1)) == []
    with using(diary), diary.database.writing() as session:
        assert run_now(session, ROUND) is None


def test_a_clock_set_back_asks_for_nothing_again(diary: Installation) -> None:
    assert due(diary, MOMENT) == ["diary.round"]
    assert due(diary, MOMENT - timedelta(hours=3)) == []
    assert len(slots(diary)) == 1


def test_a_daily_schedule_waits_for_its_time_in_a_new_house(
    diary: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    nightly = every(Daily(time(3)))
    monkeypatch.setattr("concord.jobs.slots.schedules_of", lambda _: [nightly])
    assert due(diary, MOMENT) == []
    assert due(diary, MOMENT + timedelta(hours=1)) == []
    assert due(diary, MOMENT + timedelta(days=1)) == ["test.round"]


def test_one_run_can_be_had_at_once(diary: Installation, worker: object) -> None:
    with using(diary), diary.database.writing() as session:
        assert run_now(session, ROUND)
        session.commit()
    eventually(lambda: on_page(diary, ROUNDS) >= 1)


def test_a_held_schedule_asks_for_nothing_and_once_when_it_is_let_go(diary: Installation) -> None:
    with diary.database.writing() as session:
        hold(session, SYSTEM, "diary.round")
        session.commit()
    assert due(diary, MOMENT) == []
    with diary.database.writing() as session:
        assert lift(session, "diary.round")
        session.commit()
    assert due(diary, MOMENT) == ["diary.round"]


def test_slots_of_long_ago_are_forgotten_but_for_the_last(diary: Installation) -> None:
    with diary.database.writing() as session:
        for days in (90, 60, 40):
            session.add(ScheduleSlot(name="diary.round", slot_at=now() - timedelta(days=days)))
            session.flush()
        forget(session, now())
        session.commit()
    [left] = slots(diary)
    assert now() - left.slot_at < timedelta(days=41)
