"""Days end where people live; lists are in the order in which things press."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from concord.clock import telling
from modules.tasks.tasks.due import When, days_late, end_of, when
from tests.tasks.telling import give, look
from tests.world import World

SHANGHAI, BERLIN, HONOLULU = "Asia/Shanghai", "Europe/Berlin", "Pacific/Honolulu"
NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo(SHANGHAI))
TODAY = date(2026, 11, 24)


def test_a_day_is_over_when_it_is_over_for_who_wrote_it(world: World) -> None:
    task = look(world, give(world, "lin", "Tuesday's work", due=TODAY))
    assert task.due_on == TODAY
    assert task.due_at == datetime(2026, 11, 24, 15, 59, 59, tzinfo=UTC)


def test_a_moment_is_kept_to_the_second(world: World) -> None:
    moment = datetime(2026, 11, 25, 15, 0, 1, tzinfo=ZoneInfo(BERLIN))
    task = look(world, give(world, "lin", "Call", due=moment))
    assert task.due_on is None
    assert task.due_at == moment


@pytest.mark.parametrize("zone", [SHANGHAI, BERLIN, HONOLULU])
def test_a_day_is_the_same_day_for_every_reader(zone: str) -> None:
    end = end_of(TODAY, SHANGHAI)
    local = datetime(2026, 11, 24, 9, tzinfo=ZoneInfo(zone))
    with telling(local):
        assert when(end, TODAY, zone) is When.TODAY
    with telling(local + timedelta(days=1)):
        assert when(end, TODAY, zone) is When.OVERDUE
        assert days_late(end, TODAY, zone) == 1


@pytest.mark.parametrize(
    ("due", "group"),
    [
        (NOON - timedelta(minutes=1), When.OVERDUE),
        (NOON + timedelta(hours=11), When.TODAY),
        (NOON + timedelta(days=1), When.SOON),
        (NOON + timedelta(days=7), When.SOON),
        (NOON + timedelta(days=8), When.LATER),
        (None, When.NO_DATE),
    ],
)
def test_groups_of_the_list(due: datetime | None, group: When) -> None:
    with telling(NOON):
        assert when(due, None, SHANGHAI) is group


def test_what_was_due_this_morning_is_late_but_not_a_day(world: World) -> None:
    with telling(NOON):
        assert days_late(NOON - timedelta(hours=2), None, SHANGHAI) == 0


def test_the_list_puts_the_most_urgent_first_and_the_undated_last(world: World) -> None:
    today = datetime.now(ZoneInfo(SHANGHAI)).date()
    for title, days in [("Soon", 2), ("Far", 40), ("Late", -3), ("Now", 0)]:
        give(world, "tom", title, due=today + timedelta(days=days))
    give(world, "tom", "Whenever")
    page = world.client("tom").get("/tasks").text
    places = [page.index(f">{title}</a>") for title in ("Late", "Now", "Soon", "Far", "Whenever")]
    assert places == sorted(places)
    assert "3 days late" in page
