"""Timelines and notifications over REST: each side has its own stream, positions and words."""

from typing import Any

import pytest
from sqlalchemy import func, select

from concord.installation import using
from concord.timeline.models import Entry
from tests.concord.api.sample import House, Program


@pytest.fixture
def widget(house: House) -> int:
    """A widget of Lin's that is Huadong's."""
    return house.make(1, company_id=house.firms["Huadong"])[0]


def write(program: Program, widget: int, body: str, **more: Any) -> dict[str, Any]:
    answer = program.post(f"/records/{widget}/timeline", json={"body": body, **more})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def bodies(answer: Any) -> list[str]:
    return [item["body"] for item in answer.get_json()["items"]]


@pytest.mark.engines
def test_what_is_written_is_read_newest_first(house: House, widget: int) -> None:
    lin, maya = house.program("lin"), house.program("maya")
    write(lin, widget, "They called.", kind="call")
    entry = write(lin, widget, " We answered. ")
    assert entry | {"at": ""} == {
        "id": entry["id"],
        "position": 2,
        "kind": "note",
        "actor": {"id": house.users["lin"], "name": "Lin", "face": "staff", "company": ""},
        "at": "",
        "audience": "internal",
        "sentence": entry["sentence"],
        "body": "We answered.",
        "record": {"id": widget, "title": "Widget 000", "url": f"/widgets/{widget}"},
        "files": [],
        "entry_id": None,
        "edited_at": None,
        "withdrawn_at": None,
        "reader": "",
    }
    answer = maya.get(f"/records/{widget}/timeline").get_json()
    assert answer["items"][0] == entry
    assert [item["kind"] for item in answer["items"]] == ["note", "call"]
    assert (answer["position"], answer["next"]) == (2, None)


def test_catching_up_gives_the_nearest_first(house: House, widget: int) -> None:
    """Decision 11: after= never skips, however much came meanwhile."""
    lin = house.program("lin")
    for number in range(7):
        write(lin, widget, str(number))
    seen: list[str] = []
    position: int | None = 1
    while position is not None:
        answer = lin.get(f"/records/{widget}/timeline?after={position}&limit=2")
        assert len(bodies(answer)) == 2
        seen += reversed(bodies(answer))
        position = answer.get_json()["next"]
    assert seen == ["1", "2", "3", "4", "5", "6"]
    older = lin.get(f"/records/{widget}/timeline?before=3&limit=1")
    assert (bodies(older), older.get_json()["next"]) == (["1"], 2)
    assert bodies(lin.get(f"/records/{widget}/timeline?after=7")) == []


@pytest.mark.engines
def test_people_outside_read_only_what_is_shared_with_their_company(
    house: House, widget: int
) -> None:
    lin, zhou, paul = (house.program(person) for person in ("lin", "zhou", "paul"))
    write(lin, widget, "Between us.")
    write(lin, widget, "For you.", audience="customer")
    write(lin, widget, "Between us again.")
    said = write(zhou, widget, "Thanks.", kind="note", audience="internal", company_id=1)
    assert (said["audience"], said["kind"], said["position"]) == ("customer", "message", 2)
    answer = zhou.get(f"/records/{widget}/timeline")
    assert bodies(answer) == ["Thanks.", "For you."]
    assert [item["position"] for item in answer.get_json()["items"]] == [2, 1]
    (shared,) = [item for item in answer.get_json()["items"] if item["body"] == "For you."]
    assert shared["actor"] == {"name": "Lin", "face": "staff", "company": ""}
    assert "reader" not in shared
    assert shared["record"] == {"id": widget, "title": "Widget 000"}
    assert paul.get(f"/records/{widget}/timeline").status_code == 404
    assert bodies(lin.get(f"/records/{widget}/timeline?audience=customer")) == [
        "Thanks.",
        "For you.",
    ]


def test_records_that_are_not_seen_have_no_timeline(house: House) -> None:
    made = house.program("maya").post("/widgets", json={"name": "hers"}).get_json()["id"]
    for person in ("lin", "zhou"):
        program = house.program(person)
        assert program.get(f"/records/{made}/timeline").status_code == 404
        written = program.post(f"/records/{made}/timeline", json={"body": "x"})
        assert written.status_code == 404
    assert house.program("jun").get(f"/records/{made}/timeline").status_code == 200
    assert house.program("jun").post(f"/records/{made}/timeline", json={}).status_code == 403


def test_an_entry_sent_twice_is_written_once(house: House, widget: int) -> None:
    lin, key = house.program("lin"), {"Idempotency-Key": "k"}
    path, sent = f"/records/{widget}/timeline", {"body": "Once."}
    first, again = (lin.post(path, json=sent, headers=key) for _ in range(2))
    assert first.get_json() == again.get_json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert lin.post(path, json={"body": "Twice."}, headers=key).status_code == 422
    assert bodies(lin.get(path)) == ["Once."]


SENSELESS: list[dict[str, Any]] = [
    {},
    {"body": 1},
    {"body": ""},
    {"body": "a\x00b"},
    {"body": "x", "kind": "event"},
    {"body": "x", "audience": "everybody"},
    {"body": "x", "audience": "supplier"},
    {"body": "x", "audience": "customer", "company_id": 10**6},
    {"body": "x", "mentions": [10**6]},
    {"body": "x", "mentions": ["1"]},
    {"body": "x", "mentions": [True]},
    {"body": "x", "mentions": 1},
    {"body": "x", "files": [10**6]},
    {"body": "x", "position": 1},
    {"body": "x", "at": "2026-01-01T00:00:00Z"},
]


def test_an_entry_that_makes_no_sense_is_not_written(house: House, widget: int) -> None:
    program = house.program("lin")
    for sent in SENSELESS:
        answer = program.post(f"/records/{widget}/timeline", json=sent)
        assert answer.status_code in (404, 422), answer.text
    with using(house.installation), house.installation.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Entry)) == 0


def test_a_stream_asked_without_meaning(house: House, widget: int) -> None:
    program = house.program("lin")
    for query in (
        "after=x",
        "after=-1",
        "after=1&before=2",
        "kinds=x",
        "audience=x",
        "limit=0",
        "x",
    ):
        answer = program.get(f"/records/{widget}/timeline?{query}")
        assert answer.status_code == 422, query
        assert answer.get_json()["errors"]


def test_who_is_mentioned_is_told(house: House, widget: int) -> None:
    lin, maya = house.program("lin"), house.program("maya")
    write(lin, widget, "Look @Maya", mentions=[house.users["maya"]])
    write(lin, widget, "And here @Maya", mentions=[house.users["maya"]])
    answer = maya.get("/notifications").get_json()
    assert (answer["position"], answer["next"], len(answer["items"])) == (2, None, 2)
    newest = answer["items"][0]
    assert "Lin" in newest["sentence"]
    assert newest["url"].startswith(f"/widgets/{widget}")
    assert newest["read_at"] is None
    assert lin.get("/notifications").get_json()["items"] == []
    assert maya.get("/notifications?after=1").get_json()["items"] == [newest]
    read = maya.post(f"/notifications/{newest['id']}/read")
    assert read.get_json()["read_at"].endswith("Z")
    assert len(maya.get("/notifications?unread=true").get_json()["items"]) == 1
    assert lin.post(f"/notifications/{newest['id']}/read").status_code == 404
    assert maya.post("/notifications/read-all").status_code == 204
    assert maya.get("/notifications?unread=true").get_json()["items"] == []
    for query in ("after=x", "after=1&before=2", "unread=1", "x=1"):
        assert maya.get(f"/notifications?{query}").status_code == 422
