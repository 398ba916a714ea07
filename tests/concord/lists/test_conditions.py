"""What a filter means: the same on both engines, in the reader's time zone, as far as they see."""

from datetime import UTC, date, datetime

import pytest

from concord.clock import telling
from concord.errors import Invalid
from concord.identity.models import User
from concord.lists import tree
from concord.lists.registry import list_named
from concord.lists.types import Asked, Look
from concord.records.models import Record
from modules.crm.companies.models import Company
from modules.tasks.api import create_task
from tests.world import World


def found(
    world: World, person: str, text: str, key: str = "customers", words: str = ""
) -> set[str]:
    """The titles that `person` finds by a filter."""
    with world.act(person) as (session, actor):
        asked = Asked(look=Look(filter=tree.read(text)), words=words)
        ids = list_named(key).selection(session, actor, asked)
        return {record.title for record in session.query(Record).where(Record.id.in_(ids))}


def prepare(world: World) -> None:
    """Two companies of which every field is known."""
    with world.act("lin") as (session, _actor):
        huadong = world.record(session, "huadong")
        kessler = world.record(session, "kessler")
        assert isinstance(huadong, Company)
        assert isinstance(kessler, Company)
        huadong.tier, huadong.city, huadong.employees = "gold", "Suzhou", 420
        kessler.tier, kessler.city, kessler.employees = "silver", None, None
        huadong.customer_since, kessler.customer_since = date(2026, 11, 1), date(2024, 2, 29)
        huadong.phone, kessler.phone = "+86 512 6688 4321", "+49 30 12345"


@pytest.mark.parametrize(
    ("text", "huadong", "kessler"),
    [
        ("tier:is:gold", True, False),
        ("tier:is_not:gold", False, True),
        ("tier:any_of:gold,silver", True, True),
        ("tier:none_of:gold,bronze", False, True),
        ("name:contains:huadong", True, False),
        ("name:lacks:HUADONG", False, True),
        ("name:starts:kess", False, True),
        ("name:is:huadong precision", True, False),
        ("city:is:suzhou", True, False),
        ("city:is_not:suzhou", False, True),
        ("city:empty", False, True),
        ("city:filled", True, False),
        ("phone:contains:6688 4321", True, False),
        ("employees:over:400", True, False),
        ("employees:under:421", True, False),
        ("employees:between:500,100", True, False),
        ("employees:is:420", True, False),
        ("employees:is_not:420", False, True),
        ("employees:empty", False, True),
        ("customer_since:is:2024-02-29", False, True),
        ("customer_since:before:2025-01-01", False, True),
        ("customer_since:after:2024-02-29", True, False),
        ("customer_since:between:2026-12-01,2026-10-01", True, False),
        ("customer_since:is:this_month", True, False),
        ("customer_since:is_not:this_month", False, True),
        ("customer_since:is:this_quarter", True, False),
        ("customer_since:is:last_year", False, False),
        ("customer_since:last_days:30", True, False),
        ("customer_since:days_ago:30", False, True),
        ("tier:is:gold;employees:over:400", True, False),
        ("tier:is:gold|tier:is:silver", True, True),
        ("tier:any_of:gold,silver;(city:empty|employees:over:1000)", False, True),
    ],
)
def test_conditions_mean_what_they_say(
    any_world: World, text: str, huadong: bool, kessler: bool
) -> None:
    prepare(any_world)
    with telling(datetime(2026, 11, 22, 4, tzinfo=UTC)):
        names = found(any_world, "lin", text)
    assert ("Huadong Precision" in names, "Kessler Transport" in names) == (huadong, kessler)


def test_me_and_my_team_are_those_of_the_reader(any_world: World) -> None:
    assert "Huadong Precision" in found(any_world, "lin", "owner:is:me")
    assert "Huadong Precision" not in found(any_world, "anna", "owner:is:me")
    assert "Kessler Transport" in found(any_world, "anna", "owner:is:me")
    assert "Huadong Precision" not in found(any_world, "lin", "owner:is_not:my_team")


def test_a_day_begins_where_the_reader_lives(any_world: World) -> None:
    """Half past eight in Shanghai is the day before in New York."""
    due = datetime(2027, 3, 2, 0, 30, tzinfo=UTC)
    with any_world.act("lin") as (session, actor):
        create_task(session, actor, title="Call early", due=due)
    for person, zone, day in (("lin", "Asia/Shanghai", 2), ("maya", "America/New_York", 1)):
        with any_world.writing() as session:
            session.get_one(User, any_world.people[person]).timezone = zone
            session.commit()
        for asked in (1, 2):
            names = found(any_world, person, f"due:is:2027-03-0{asked}", "tasks")
            assert ("Call early" in names) is (asked == day), (person, asked)


def test_search_words_narrow_what_the_filter_leaves(any_world: World) -> None:
    assert found(any_world, "lin", "", words="huadong") == {"Huadong Precision"}
    assert found(any_world, "lin", "owner:is:me", words="kessler") == set()


@pytest.mark.parametrize(
    "text",
    [
        "tier:is:platinum",
        "tier:over:gold",
        "tier:is:gold,silver",
        "tier:is",
        "employees:over:many",
        "employees:over:1 or 1=1",
        "employees:over:nan",
        "employees:over:1e400",
        "employees:over:" + "9" * 39,
        "employees:between:1",
        "owner:is:lin",
        "owner:is:-1",
        "owner:is:99999999999999999999",
        "customer_since:is:soon",
        "customer_since:is:9999-12-31",
        "customer_since:last_days:-3",
        "customer_since:last_days:99999999",
        "name:; drop table concord_records",
    ],
)
def test_nonsense_is_refused_naming_its_field(any_world: World, text: str) -> None:
    """C02: nothing of a condition reaches the database but bound values."""
    with pytest.raises(Invalid):
        found(any_world, "lin", text)


def test_a_condition_on_a_field_that_is_gone_is_left_out_and_said(world: World) -> None:
    with world.act("lin") as (session, actor):
        asked = tree.read("margin:over:10;tier:is:gold")
        _query, ignored = list_named("customers").matching(session, actor, asked)
        assert [(item.path, item.condition.field) for item in ignored] == [((0,), "margin")]
        with pytest.raises(Invalid):
            list_named("customers").matching(session, actor, asked, strict=True)


def test_without_the_field_group_a_field_does_not_exist(world: World) -> None:
    """B12: neither a match nor the lack of one tells what somebody may not read."""
    kinds = {}
    for person in ("lin", "maya"):
        with world.act(person) as (session, actor):
            asked = tree.read("credit_limit:over:1")
            query, ignored = list_named("customers").matching(session, actor, asked)
            kinds[person] = (len(ignored), "credit_limit" in str(query.whereclause))
            gone = tree.read("no_such_field:over:1")
            _query, unknown = list_named("customers").matching(session, actor, gone)
            if ignored:
                same = ignored[0].reason.replace("credit_limit", "no_such_field")
                assert same == unknown[0].reason
    assert kinds == {"lin": (1, False), "maya": (0, True)}


def test_a_record_that_the_reader_cannot_open_finds_nothing(world: World) -> None:
    """B11: tasks of a company are no way to learn of it."""
    huadong = world.records["huadong"]
    with world.act("lin") as (session, actor):
        create_task(session, actor, title="Floor price", about=world.record(session, "huadong"))
    assert "Floor price" in found(world, "lin", f"company:is:{huadong}", "tasks")
    with world.act("anna") as (session, _actor):
        world.record(session, "huadong").archived_at = datetime(2026, 1, 1, tzinfo=UTC)
    assert found(world, "lin", f"company:is:{huadong}", "tasks") == set()


@pytest.mark.parametrize("person", ["zhou", "huang"])
def test_nobody_outside_selects_what_is_not_theirs(world: World, person: str) -> None:
    assert "Kessler Transport" not in found(world, person, "")
    assert found(world, person, "", "tasks") == set()
