"""A collection over HTTP: lists, filters, one record, changes; and what is not for the caller."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from sqlalchemy import event, select

from concord.installation import using
from concord.records.models import Record
from tests.concord.api.sample import House, Widget


def test_a_list_pages_to_its_end(house: House) -> None:
    made = house.make(7)
    program, seen, cursor = house.program("maya"), [], ""
    while cursor is not None:
        answer = program.get(f"/widgets?limit=3{cursor and f'&cursor={cursor}'}").get_json()
        seen += [item["id"] for item in answer["items"]]
        cursor = answer["next"]
    assert seen == made


def test_an_item_holds_what_the_schema_says(house: House) -> None:
    (made,) = house.make(1, colour="red", weight=2, cost=9, due_on=date(2026, 12, 12))
    (item,) = house.program("maya").get("/widgets").get_json()["items"]
    assert item | {"created_at": "", "updated_at": ""} == {
        "id": made,
        "kind": "widget",
        "version": 1,
        "owner_id": house.users["lin"],
        "team_id": None,
        "company_id": None,
        "created_at": "",
        "updated_at": "",
        "name": "Widget 000",
        "colour": "red",
        "weight": 2,
        "cost": 9,
        "fragile": False,
        "due_on": "2026-12-12",
        "made_at": None,
    }
    assert item["updated_at"].endswith("Z")
    assert house.program("maya").get(f"/widgets/{made}").get_json() == item


NAMES = {
    "colour=red": "a b",
    "colour.in=red,blue": "a b c",
    "colour=": "d",
    "colour.contains=LU": "c",
    "name.contains=东 D": "d",
    "name.contains=华东": "d",
    "name.contains=%25": "",
    "weight.gte=2": "b c",
    "weight.gt=2&weight.lte=3": "c",
    "weight.lt=2": "a",
    "weight=": "d",
    "fragile=true": "c",
    "due_on.gte=2026-12-12": "b",
    "made_at.lt=2026-11-22T08:00:00%2B08:00": "a",
    "made_at.lt=2026-11-22T08:00:00+08:00": "a",
    "q=b": "b",
    "sort=-weight": "c b a d",
    "sort=weight": "a b c d",
    "sort=-due_on": "b a d c",
}


@pytest.mark.engines
def test_filters_and_orders(house: House) -> None:
    program = house.program("maya")
    made_at = "2026-11-22T00:00:00Z"
    rows: list[dict[str, Any]] = [
        {"name": "a", "colour": "red", "weight": 1, "due_on": "2026-12-11"},
        {"name": "b", "colour": "red", "weight": 2, "due_on": "2026-12-12", "made_at": made_at},
        {"name": "c", "colour": "blue", "weight": 3, "fragile": True, "made_at": made_at},
        {"name": "华东 d"},
    ]
    rows[0]["made_at"] = "2026-11-22T07:59:59+08:00"
    for row in rows:
        assert program.post("/widgets", json=row).status_code == 201
    for query, names in NAMES.items():
        answer = program.get(f"/widgets?{query}")
        assert answer.status_code == 200, (query, answer.text)
        found = [item["name"].removeprefix("华东 ") for item in answer.get_json()["items"]]
        assert " ".join(found if "sort" in query else sorted(found)) == names, query


SENSELESS = {
    "nonsense=1": "nonsense",
    "colour.like=1": "colour.like",
    "weight.contains=1": "weight.contains",
    "weight=heavy": "weight",
    "weight=1e9999": "weight",
    "weight=99999999999999999999": "weight",
    "weight.in=1,x": "weight.in",
    "fragile=1": "fragile",
    "due_on=12.12.2026": "due_on",
    "made_at.gt=2026-12-12T00:00:00": "made_at.gt",
    "made_at.gt=0001-01-01T00:00:00%2B23:00": "made_at.gt",
    "colour=a%00b": "colour",
    "colour.contains=" + "x" * 5000: "colour.contains",
    "colour.in=" + ",".join("x" * 200): "colour.in",
    "sort=colour": "sort",
    "sort=": "sort",
    "sort=--name": "sort",
    "limit=0": "limit",
    "limit=many": "limit",
    "limit=-1": "limit",
    "cursor=senseless": "cursor",
    "cursor=": "cursor",
    "colour=red&colour=blue": "colour",
    "q=" + "x" * 500: "q",
    "__class__=1": "__class__",
    "id%20or%201=1": "id or 1",
}


def test_a_query_without_meaning_is_refused_by_name(house: House) -> None:
    program = house.program("maya")
    for query, named in SENSELESS.items():
        answer = program.get(f"/widgets?{query}")
        assert answer.status_code == 422, query
        assert answer.mimetype == "application/problem+json"
        assert list(answer.get_json()["errors"]) == [named]


def test_limits_are_capped_and_filters_counted(house: House) -> None:
    house.make(201)
    program = house.program("maya")
    assert len(program.get("/widgets?limit=1000000000").get_json()["items"]) == 200
    many = "&".join(f"name.x{number}=1" for number in range(200))
    assert len(program.get(f"/widgets?{many}").get_json()["errors"]) == 180


def test_what_one_may_not_read_one_cannot_ask_about(house: House) -> None:
    """B12: a field of a group the caller lacks is as unknown as one that does not exist."""
    (made,) = house.make(1, cost=5)
    lin, maya = house.program("lin"), house.program("maya")
    assert "cost" in maya.get(f"/widgets/{made}").get_json()
    assert "cost" not in lin.get(f"/widgets/{made}").get_json()
    for query in ("cost=5", "cost.gte=1", "sort=cost", "sort=-cost"):
        unknown = lin.get(f"/widgets?{query.replace('cost', 'no_such')}")
        refused = lin.get(f"/widgets?{query}")
        assert (refused.status_code, unknown.status_code) == (422, 422)
        assert refused.get_json()["errors"].keys() <= {"sort", "cost", "cost.gte"}
    sent = lin.patch(f"/widgets/{made}", json={"cost": 1})
    made_up = lin.patch(f"/widgets/{made}", json={"no_such": 1})
    assert sent.status_code == made_up.status_code == 422
    assert sent.get_json()["errors"]["cost"] == made_up.get_json()["errors"]["no_such"]
    assert maya.get(f"/widgets/{made}").get_json()["cost"] == 5


def test_people_outside_see_their_own_company_through_their_own_schema(house: House) -> None:
    (ours,) = house.make(1, company_id=house.firms["Huadong"], colour="red", weight=3)
    (theirs,) = house.make(1, company_id=house.firms["Kessler"])
    zhou = house.program("zhou")
    seen = {"id": ours, "name": "Widget 000", "colour": "red"}
    assert zhou.get("/widgets").get_json() == {"items": [seen], "next": None}
    assert zhou.get(f"/widgets/{ours}").get_json() == seen
    assert zhou.get(f"/widgets/{theirs}").status_code == 404
    for query in ("owner_id=1", "weight=3", "sort=weight", f"company_id={house.firms['Kessler']}"):
        assert zhou.get(f"/widgets?{query}").status_code == 422
    assert zhou.get("/firms").status_code == 404
    for method, path in [("POST", "/widgets"), ("PATCH", f"/widgets/{ours}")]:
        assert zhou.ask(method, path, json={"name": "mine"}).status_code == 404


def test_a_record_is_made_changed_and_archived(house: House) -> None:
    program = house.program("lin")
    made = program.post("/widgets", json={"name": " Probe ", "weight": 2})
    assert made.status_code == 201
    number = made.get_json()["id"]
    assert made.headers["Location"] == f"/api/v1/widgets/{number}"
    assert made.headers["ETag"] == '"1"'
    changed = program.patch(f"/widgets/{number}", json={"weight": 3})
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2"')
    assert changed.get_json()["version"] == 2
    assert program.delete(f"/widgets/{number}").status_code == 204
    assert program.get(f"/widgets/{number}").status_code == 404
    assert program.get("/widgets").get_json()["items"] == []
    assert row(house, number).archived_at is not None


def test_a_version_already_held_is_not_sent_again(house: House) -> None:
    (made,) = house.make(1)
    program = house.program("maya")
    tag = program.get(f"/widgets/{made}").headers["ETag"]
    again = program.get(f"/widgets/{made}", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert program.get(f"/widgets/{made}", headers={"If-None-Match": '"9"'}).status_code == 200


def test_a_stale_change_is_refused_with_the_value_now(house: House) -> None:
    (made,) = house.make(1)
    program = house.program("maya")
    program.patch(f"/widgets/{made}", json={"colour": "red"})
    for method, tag in product(("PATCH", "DELETE"), ('"7"', "nonsense", '"1", "3"', '""')):
        options: dict[str, Any] = {"json": {"colour": "blue"}} if method == "PATCH" else {}
        answer = program.ask(method, f"/widgets/{made}", headers={"If-Match": tag}, **options)
        assert answer.status_code == 412
        assert answer.get_json()["current"]["colour"] == "red"
    assert row(house, made).colour == "red"


def test_the_right_version_may_change(house: House) -> None:
    program, tags = house.program("maya"), ('"1"', 'W/"1"', "*", '"0", "1"')
    for made, tag in zip(house.make(4), tags, strict=True):
        answer = program.patch(
            f"/widgets/{made}", json={"colour": "blue"}, headers={"If-Match": tag}
        )
        assert answer.status_code == 200, tag


def test_who_may_not_change_has_not_changed(house: House) -> None:
    """B02: nothing is written before the check; unseen is 404, seen but not allowed is 403."""
    (lins,) = house.make(1, colour="red")
    jun, zhou = house.program("jun"), house.program("zhou")
    for program, status in ((jun, 403), (zhou, 404)):
        assert program.patch(f"/widgets/{lins}", json={"colour": "blue"}).status_code == status
        assert program.delete(f"/widgets/{lins}").status_code == status
        assert program.post("/widgets", json={"name": "x"}).status_code == status
    maya = house.program("maya")
    mayas = maya.post("/widgets", json={"name": "hers"}).get_json()["id"]
    lin = house.program("lin")
    for method in ("GET", "PATCH", "DELETE"):
        options: dict[str, Any] = {"json": {"colour": "blue"}} if method == "PATCH" else {}
        assert lin.ask(method, f"/widgets/{mayas}", **options).status_code == 404
    assert (row(house, lins).colour, row(house, mayas).colour) == ("red", None)
    assert row(house, mayas).archived_at is None


def test_other_peoples_companies_cannot_be_linked(house: House) -> None:
    """B05, B17: the company of a new record must be seen; later it stays."""
    huadong, lin, maya = house.firms["Huadong"], house.program("lin"), house.program("maya")
    (widget,) = house.make(1)
    for absent in (huadong, 10**6, widget):
        refused = lin.post("/widgets", json={"name": "x", "company_id": absent})
        assert refused.status_code == 422
        assert refused.get_json()["errors"] == {"company_id": ["There is no such record."]}
    made = maya.post("/widgets", json={"name": "x", "company_id": huadong}).get_json()
    assert made["company_id"] == huadong
    moved = maya.patch(f"/widgets/{made['id']}", json={"company_id": house.firms["Kessler"]})
    assert moved.status_code == 422
    assert row(house, made["id"]).company_id == huadong


def test_fields_that_nobody_may_send_are_refused(house: House) -> None:
    """H01."""
    (made,) = house.make(1)
    program = house.program("maya")
    for name in ("id", "version", "kind", "created_at", "archived_at", "is_admin"):
        for answer in (
            program.post("/widgets", json={"name": "x", name: 1}),
            program.patch(f"/widgets/{made}", json={name: 1}),
        ):
            assert answer.status_code == 422
            assert list(answer.get_json()["errors"]) == [name]
    assert row(house, made).version == 1


def test_what_names_nothing_is_the_callers_mistake(house: House) -> None:
    answer = house.program("maya").post("/widgets", json={"name": "x", "owner_id": 10**6})
    assert answer.status_code == 422
    assert "IntegrityError" not in answer.text


def test_methods_without_an_action_do_not_exist(house: House) -> None:
    maya = house.program("maya")
    assert maya.get("/firms").status_code == 200
    assert maya.post("/firms", json={}).status_code == 405
    assert maya.delete(f"/firms/{house.firms['Huadong']}").status_code == 405
    assert maya.delete("/widgets").status_code == 405


def test_purging_wants_a_right_of_its_own(house: House) -> None:
    (made,) = house.make(1)
    assert house.program("maya").delete(f"/widgets/{made}?purge=1").status_code == 403
    assert house.program("maya").delete(f"/widgets/{made}?purge=2").status_code == 422
    assert row(house, made).archived_at is None


@pytest.mark.engines
def test_statements_do_not_grow_with_the_rows(house: House) -> None:
    (first,) = house.make(1)
    few = statements(house, "/widgets")
    house.make(40)
    assert statements(house, "/widgets") == few <= 4
    assert statements(house, "/widgets?sort=-weight&limit=5") <= 4
    assert statements(house, f"/widgets/{first}") <= 6


def row(house: House, number: int) -> Widget:
    with using(house.installation), house.installation.database.reading() as session:
        return session.scalars(select(Widget).where(Record.id == number)).one()


def statements(house: House, path: str) -> int:
    seen: list[str] = []
    engine = house.installation.database.reader

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    assert house.program("maya").get(path).status_code == 200
    event.remove(engine, "before_cursor_execute", note)
    return len([statement for statement in seen if not statement.startswith("BEGIN")])
