"""Searching over REST, and what cannot be asked (C11)."""

import pytest

from concord.search.asking import LONGEST
from tests.contracts.conftest import counted
from tests.world import World

MOST_STATEMENTS = 120
"""For three questions, each of the most words that are read."""
FIELDS = {"record_id", "kind", "title", "snippet", "url", "entry_id", "at"}


def ask(world: World, person: str, **query: str) -> list[dict[str, object]]:
    answer = world.api(person).get("/api/v1/search", query_string=query)
    assert answer.status_code == 200, answer.text
    body = answer.get_json()
    assert set(body) == {"items", "next"}
    assert body["next"] is None
    items: list[dict[str, object]] = body["items"]
    assert all(set(item) == FIELDS for item in items)
    return items


def test_the_best_comes_first(any_world: World) -> None:
    items = ask(any_world, "lin", q="huadong")
    assert items[0]["title"] == "Huadong Precision"
    assert items[0]["kind"] == "company"
    assert items[0]["record_id"] == any_world.records["huadong"]
    assert items[0]["url"] == f"/customers/{any_world.records['huadong']}"
    assert "Lin Chen" in str(items[0]["snippet"])


def test_kinds_narrow_and_entries_are_one_of_them(any_world: World) -> None:
    everything = ask(any_world, "lin", q="certificate")
    assert {"task", "entry"} <= {item["kind"] for item in everything}
    tasks = ask(any_world, "lin", q="certificate", kinds="task")
    assert {item["kind"] for item in tasks} == {"task"}
    entries = ask(any_world, "lin", q="certificate", kinds="entry")
    assert {item["kind"] for item in entries} == {"entry"}
    assert all(f"#entry-{item['entry_id']}" in str(item["url"]) for item in entries)
    assert len(ask(any_world, "lin", q="certificate", limit="1")) == 1


def test_outside_addresses_lead_into_the_portal_and_say_nothing_internal(any_world: World) -> None:
    for person in ("zhou", "huang"):
        company = any_world.actor(person).company_name
        items = ask(any_world, person, q=company)
        assert items
        assert items[0]["title"] == company
        assert items[0]["snippet"] == ""
        assert all(str(item["url"]).startswith("/portal/") for item in items)


def test_a_token_finds_no_more_than_its_scopes(world: World) -> None:
    token = world.token("lin", "tasks:task:read")
    program = world.api(None)
    headers = {"Authorization": f"Bearer {token}"}
    answer = program.get("/api/v1/search?q=huadong", headers=headers).get_json()
    assert {item["kind"] for item in answer["items"]} <= {"task"}
    answer = program.get("/api/v1/search?q=certificate", headers=headers).get_json()
    assert {item["kind"] for item in answer["items"]} == {"task"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"q": "a" * (LONGEST + 1)}, "q"),
        ({"q": "a" * 1_000_000}, "q"),
        ({"q": "a", "kinds": "secret"}, "kinds"),
        ({"q": "a", "sort": "title"}, "sort"),
        ({"q": "a", "limit": "many"}, "limit"),
        ({"q": "a\x00b"}, "q"),
    ],
)
def test_what_has_no_meaning_is_refused(
    any_world: World, query: dict[str, str], field: str
) -> None:
    answer = any_world.api("lin").get("/api/v1/search", query_string=query)
    assert answer.status_code == 422
    assert field in answer.get_json()["errors"]


def test_people_outside_cannot_ask_for_kinds_they_have_no_page_for(world: World) -> None:
    answer = world.api("zhou").get("/api/v1/search?q=a&kinds=task")
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "text",
    [
        "%", "_", "%%%", "huadong%", "h_adong", "*", '"', "'", "huadong'", "' OR 1=1 --", "(a+)+$",
        "a AND b", "huadong NOT precision", "names:huadong", "{names}: x", "scope:f0", "f0", "^hua",
        "NEAR(a b)", "a & b | !c", "a:*", "\\", "{{7*7}}", "<b>x</b>", "\u202e\u2066",
        "\ud83d\ude00", "a" * 200, "华" * 200, "a " * 100, "\u0f3c\u0f3d", "ﷺ", "\U000e0001",
    ],
)  # fmt: skip
def test_no_letter_is_a_wildcard_or_a_command(any_world: World, text: str) -> None:
    """C11: literal, and bounded in what it costs."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16")
    browser = any_world.client("lin")
    with counted(any_world) as statements:
        for path in ("/search", "/search/palette"):
            answer = browser.get(path, query_string={"q": text})
            assert answer.status_code == 200, path
        items = ask(any_world, "lin", q=text)
    assert len(statements) < MOST_STATEMENTS
    if text in ("%", "_", "%%%", "*", '"', "'", "\\"):
        assert items == []
    if "a " not in text:
        assert all(item["title"] != "Kessler Transport" for item in items)


def test_a_page_refuses_what_is_too_long(world: World) -> None:
    doors = (("lin", "/search"), ("lin", "/search/palette"), ("zhou", "/portal/search"))
    for person, path in doors:
        answer = world.client(person).get(path, query_string={"q": "a" * 5000})
        assert answer.status_code == 422, path
