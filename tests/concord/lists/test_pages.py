"""A list on pages: filters in words, groups, boards, calendars, cells changed in place."""

import json
import re
from datetime import date

import pytest

from modules.crm.companies.models import Company
from modules.tasks.tasks.models import Task
from tests.crm.reading import said
from tests.tasks.telling import give, look
from tests.world import World, fingerprint


def test_a_filter_reads_as_a_sentence(world: World) -> None:
    page = said(world.client("lin").get("/customers?filter=tier:any_of:gold,silver;owner:is:me"))
    assert "Tier is any of Gold, Silver" in page
    assert "Owner is me" in page
    assert "Huadong Precision" in page
    assert "Kessler Transport" not in page


def test_a_filter_is_made_step_by_step_without_scripts(world: World) -> None:
    lin = world.client("lin")
    fields = lin.get("/lists/customers/filter")
    assert "Industry" in said(fields)
    editor = lin.get("/lists/customers/filter?for=tier")
    assert "Gold" in said(editor)
    applied = lin.get("/lists/customers/filter/applied?for=tier&op=any_of&value=gold&value=silver")
    assert applied.status_code == 303
    assert applied.location.endswith("/customers?filter=tier:any_of:gold,silver")
    path = "/lists/customers/filter/applied?filter=tier:is:gold&for=city&op=contains&value=Su&or=0"
    assert lin.get(path).location.endswith("?filter=(tier:is:gold%7Ccity:contains:Su)")
    path = "/lists/customers/filter/without?filter=tier:is:gold;city:contains:Su&path=0"
    assert lin.get(path).location.endswith("?filter=city:contains:Su")


def test_nonsense_in_the_editor_comes_back_with_what_was_typed(world: World) -> None:
    path = "/lists/customers/filter/applied?for=employees&op=over&value=many"
    answer = world.client("lin").get(path)
    assert answer.status_code == 422
    assert "Write a number" in answer.text
    assert 'value="many"' in answer.text


def test_a_view_on_a_field_that_is_gone_still_opens_and_says_so(world: World) -> None:
    lin = world.client("lin")
    answer = lin.get("/customers?filter=margin:over:10;owner:is:me")
    assert answer.status_code == 200
    assert "“margin” is not there" in said(answer)
    assert "/lists/customers/filter/without?" in answer.text
    assert "Huadong Precision" in said(answer)


@pytest.mark.parametrize(
    "query",
    [
        "sort=margin",
        "sort=credit_limit",
        "group=credit_limit",
        "group=name;drop table x",
        "group=created_at",
        "columns=credit_limit",
        "layout=pivot",
        "by=tier','x",
        "view=999999",
        "closed=x&group=owner",
        "layout=calendar",
        "filter=tier:is:platinum",
        "filter=(((((",
        "tier=gold&tier=silver",
        "limit=x",
    ],
)
def test_only_names_that_the_list_has_are_taken(any_world: World, query: str) -> None:
    """C01, B12: grouping and sorting by anything else is refused, hidden or not there alike."""
    assert any_world.client("lin").get(f"/customers?{query}").status_code == 422


def test_two_hundred_filters_are_refused_at_once(world: World) -> None:
    """H04."""
    many = ";".join(["tier:is:gold"] * 200)
    assert world.client("lin").get(f"/customers?filter={many}").status_code == 422


def test_credit_is_a_column_only_with_its_field_group(world: World) -> None:
    columns = "/customers?columns=name,credit_limit"
    assert "Credit limit" in said(world.client("maya").get(columns))
    assert "Credit limit" not in said(world.client("lin").get("/lists/customers/columns"))
    assert "Credit limit" in said(world.client("maya").get("/lists/customers/columns"))


def test_groups_say_how_many_and_what_they_come_to(any_world: World) -> None:
    world = any_world
    with world.act("lin") as (session, _actor):
        for key, employees in (("huadong", 400), ("suzhou", 20), ("kessler", 7)):
            company = world.record(session, key)
            assert isinstance(company, Company)
            company.tier, company.employees = ("silver" if key == "kessler" else "gold"), employees
    path = "/customers?group=tier&columns=name,employees&filter=employees:over:0;tier:filled"
    page = world.client("lin").get(f"{path}&name=Huadong+Precision")
    assert "Gold 1 400" in said(page)
    page = world.client("lin").get(path)
    heads = re.findall(r'class="fold".*?</tr>', page.text, re.DOTALL)
    assert "Gold" in heads[0]
    assert "Silver" in heads[1]
    closed = said(world.client("lin").get(f"{path}&closed=gold"))
    assert "Huadong Precision" not in closed
    assert "Gold" in closed
    assert "Kessler Transport" in closed


def test_pages_of_groups_do_not_repeat_their_heads(any_world: World) -> None:
    world = any_world
    for number in range(60):
        give(world, "lin", f"Number {number:02}", due=date(2027, 1, 1))
    lin = world.client("lin")
    first = lin.get("/tasks?layout=list&view=all&group=assignee&filter=name:starts:Number")
    assert first.text.count('class="grp"') == 1
    more = re.search(r'class="more" hx-get="([^"]+)"', first.text)
    assert more is not None
    second = lin.fragment(more[1].replace("&amp;", "&")).text
    assert 'class="grp"' not in second
    shown = [(first.text + second).count(f">Number {n:02}</a>") for n in range(60)]
    assert shown == [1] * 60


def test_a_cell_is_changed_as_the_form_would_and_can_be_undone(any_world: World) -> None:
    world = any_world
    huadong = world.records["huadong"]
    before = fingerprint(world)
    lin = world.client("lin")
    editor = lin.fragment(f"/lists/customers/{huadong}/cell/tier").text
    original = re.search(r'name="original.value" value="(\w+)"', editor)
    assert original is not None
    other = "bronze" if original[1] != "bronze" else "gold"
    sent = {"field": "tier", "value": other, "original.value": original[1]}
    answer = lin.fragment(f"/lists/customers/{huadong}", method="PATCH", data=sent)
    assert answer.status_code == 200, answer.text
    assert f'id="row-{huadong}"' in answer.text
    undo = json.loads(answer.headers["HX-Trigger"])["concord:toast"]["undo"]
    assert lin.fragment(undo, method="POST").status_code == 200
    assert fingerprint(world) == before


def test_a_cell_that_changed_meanwhile_is_asked_about(world: World) -> None:
    huadong = world.records["huadong"]
    url = f"/lists/customers/{huadong}"
    first = {"field": "city", "value": "Wuxi"}
    assert world.client("lin").fragment(url, method="PATCH", data=first).status_code == 200
    late = {"field": "city", "value": "Nanjing", "original.value": "Suzhou"}
    asked = world.client("lin").fragment(url, method="PATCH", data=late)
    assert asked.status_code == 409
    assert asked.headers["HX-Retarget"] == "#dialog"
    assert "Wuxi" in asked.text
    assert "Nanjing" in asked.text
    assert 'name="field" value="city"' in asked.text


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("tier", "platinum", 422),
        ("employees", "-4", 422),
        ("name", "", 422),
        ("owner", "999999", 422),
        ("created_at", "2026-01-01", 403),
        ("credit_limit", "1.00", 403),
        ("no_such_field", "x", 403),
    ],
)
def test_a_cell_takes_no_more_than_the_form(
    world: World, field: str, value: str, status: int
) -> None:
    before = fingerprint(world)
    url = f"/lists/customers/{world.records['huadong']}"
    sent = {"field": field, "value": value}
    answer = world.client("lin").fragment(url, method="PATCH", data=sent)
    assert answer.status_code == status
    assert fingerprint(world) == before


@pytest.mark.parametrize(("person", "status"), [("rita", 403), ("tom", 403), ("zhou", 404)])
def test_who_may_not_write_changes_nothing_in_a_cell(
    world: World, person: str, status: int
) -> None:
    """B02: the reader, a colleague of another team, the customer itself."""
    before = fingerprint(world)
    url = f"/lists/customers/{world.records['huadong']}"
    sent = {"field": "tier", "value": "bronze"}
    browser = world.client(person)
    assert browser.fragment(url, method="PATCH", data=sent).status_code == status
    assert browser.post(f"{url}/undo?undo=tier&before=bronze").status_code == status
    assert fingerprint(world) == before


def test_a_supplier_is_not_one_of_the_customers(world: World) -> None:
    """A record is reached through the kind of its list; the peek shows only what is seen."""
    peek = world.client("lin").get(f"/lists/customers/{world.records['huadong']}/peek")
    assert "Huadong Precision" in said(peek)
    assert "Credit limit" not in said(peek)
    wrong = world.client("lin").get(f"/lists/tasks/{world.records['huadong']}/peek")
    assert wrong.status_code == 404


def test_a_dropped_card_is_the_nouns_own_action(world: World) -> None:
    task_id = give(world, "lin", "Deliver", due=date(2027, 1, 5))
    lin = world.client("lin")
    board = lin.get("/tasks?layout=board&by=state&view=all").text
    assert f'id="row-{task_id}"' in board
    url = f"/lists/tasks/{task_id}?layout=board&by=state"
    sent = {"field": "state", "value": "done", "original.value": "open"}
    assert lin.fragment(url, method="PATCH", data=sent).status_code == 200
    assert look(world, task_id).done
    stream = said(lin.get(f"/records/{task_id}/timeline"))
    assert "completed" in stream


def test_a_card_that_is_done_stays_on_the_board_of_what_is_mine(world: World) -> None:
    """The view keeps to what is open; on a board by state the columns say that instead."""
    task_id = give(world, "lin", "Deliver", due=date(2027, 1, 5))
    lin = world.client("lin")
    address = "/tasks?view=mine&layout="
    sent = {"field": "state", "value": "done", "original.value": "open"}
    assert lin.fragment(f"/lists/tasks/{task_id}", method="PATCH", data=sent).status_code == 200
    row = f'id="row-{task_id}"'
    by_state = lin.get(address + "board").text
    assert by_state.index(row) > by_state.index('data-lane="done"')
    for layout in ("list", "board&by=priority", "board&filter=state:is:open"):
        assert row not in lin.get(address + layout).text, layout


def test_a_day_in_the_calendar_is_where_the_reader_lives(world: World) -> None:
    task_id = give(world, "lin", "Deliver", due=date(2027, 1, 5))
    lin = world.client("lin")
    month = lin.get("/tasks?layout=calendar&view=all&month=2027-01").text
    place = month.index(f'id="row-{task_id}"')
    assert month.rindex("data-lane=", 0, place) == month.index('data-lane="2027-01-05"')
    sent = {"field": "due", "value": "2027-01-08", "original.value": "2027-01-05"}
    url = f"/lists/tasks/{task_id}?layout=calendar"
    assert lin.fragment(url, method="PATCH", data=sent).status_code == 200
    assert look(world, task_id).due_on == date(2027, 1, 8)
    for nonsense in ("2027-13", "soon", "0000-01", "99999-01"):
        path = f"/tasks?layout=calendar&month={nonsense}"
        assert lin.get(path).status_code == 422, nonsense


def test_a_task_moved_in_the_calendar_keeps_its_hour(world: World) -> None:
    task_id = give(world, "lin", "Call", due=date(2027, 1, 5))
    lin = world.client("lin")
    lin.fragment(f"/tasks/{task_id}", method="PATCH", data={"due_time": "15:30"})
    sent = {"field": "due", "value": "2027-01-06", "original.value": "2027-01-05"}
    lin.fragment(f"/lists/tasks/{task_id}", method="PATCH", data=sent)
    task = look(world, task_id)
    assert isinstance(task, Task)
    assert task.due_at is not None
    assert task.due_at.isoformat() == "2027-01-06T07:30:00+00:00"


def test_the_foot_counts_what_the_filter_leaves(world: World) -> None:
    lin = world.client("lin")
    assert "1 in all" in said(lin.get("/lists/customers/foot?filter=name:is:Huadong Precision"))
    assert "0 in all" in said(lin.get("/lists/customers/foot?q=nobody"))


def test_lists_of_what_one_may_not_read_are_refused(world: World) -> None:
    for person in ("zhou", "huang"):
        outside = world.client(person)
        for path in ("/lists/customers/rows", "/lists/tasks/foot", "/contacts", "/lists/x/rows"):
            assert outside.get(path).status_code == 404, (person, path)
    assert world.client("lin").get("/lists/nothing/rows").status_code == 404
