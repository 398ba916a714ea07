"""Whatever is sent, the answer is the caller's own mistake by name, never ours (C05, H02, H07)."""

import math
from itertools import product
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from concord.installation import using
from tests.concord.api.sample import House, Widget

SLOWLY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
SENSELESS = [[], {}, {"a": 1}, 1.5, 1e300, True, False, "1", "x", "", -1, 0, 2**63, 10**30, [1]]
TAKEN = {("fragile", bool), ("weight", int), ("cost", int), ("name", str), ("colour", str)}
FIELDS = ["name", "colour", "weight", "cost", "fragile", "due_on", "made_at", "company_id"]

texts = st.text(max_size=20)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3)
)


@SLOWLY
@given(sent=st.dictionaries(st.sampled_from(FIELDS) | texts, values, max_size=6))
def test_no_body_breaks_anything(house: House, sent: dict[str, Any]) -> None:
    content = orjson.dumps({k: v for k, v in sent.items() if encodable(k) and encodable(v)})
    program = house.program("maya")
    (made,) = house.make(1)
    for method, path in (("POST", "/widgets"), ("PATCH", f"/widgets/{made}")):
        answer = program.ask(method, path, data=content, content_type="application/json")
        assert answer.status_code in (200, 201, 422), answer.text


@SLOWLY
@given(
    query=st.dictionaries(
        st.sampled_from(["limit", "cursor", "sort", "q", "name", "weight.gte", "due_on.in", "x"])
        | texts,
        texts,
        max_size=5,
    )
)
def test_no_query_breaks_anything(house: House, query: dict[str, str]) -> None:
    sent = {key: value for key, value in query.items() if encodable(key) and encodable(value)}
    answer = house.program("maya").get("/widgets", query_string=sent)
    assert answer.status_code in (200, 401, 422), answer.text


@pytest.mark.engines
def test_values_of_the_wrong_kind_are_refused_by_name(house: House) -> None:
    program = house.program("maya")
    for name, value in product(FIELDS, SENSELESS):
        content = b'{"name": "x", %s: %s}' % (orjson.dumps(name), as_json(value))
        answer = program.post("/widgets", data=content, content_type="application/json")
        assert answer.status_code in (201, 422), answer.text
        too_large = type(value) is int and abs(value) >= 2**63
        if (name, type(value)) not in TAKEN or too_large or (name, value) == ("name", ""):
            assert answer.status_code == 422, (name, value)
            assert list(answer.get_json()["errors"]) == [name]


CONTENTS = [
    (b"", 400),
    (b"{", 400),
    (b"nonsense", 400),
    (b'{"weight": 1e9999}', 400),
    (b'{"weight": NaN}', 400),
    (b'{"name": "\xff"}', 400),
    (b'{"name": "\\ud800"}', 400),
    (b"[" * 100_000, 400),
    (b"[]", 422),
    (b'"name"', 422),
    (b"null", 422),
    (b'{"name": "a\\u0000b"}', 422),
    (b'{"a\\u0000b": 1}', 422),
    (b'{"name": ' + b"[" * 500 + b"]" * 500 + b"}", 422),
    (b'{"name": "' + b"x" * 201 + b'"}', 422),
    (b'{"name": "' + b"x" * 3_000_000 + b'"}', 413),
    (b'{"made_at": "0001-01-01T00:00:00+23:00", "name": "x"}', 422),
    (b'{"made_at": "2026-11-22T00:00:00", "name": "x"}', 422),
]


def test_bodies_that_cannot_be_taken(house: House) -> None:
    program = house.program("maya")
    for content, status in CONTENTS:
        answer = program.post("/widgets", data=content, content_type="application/json")
        assert answer.status_code == status, content[:40]
        assert answer.mimetype == "application/problem+json"
        assert answer.get_json()["request_id"]
    assert count(house) == 0


def test_what_is_not_json_is_not_read(house: House) -> None:
    """A form of another site cannot be sent as JSON, and is not taken for it."""
    program = house.program("maya")
    for kind in ("text/plain", "application/x-www-form-urlencoded", "", "json"):
        answer = program.post("/widgets", data=b'{"name": "x"}', content_type=kind)
        assert answer.status_code == 415, kind
    assert count(house) == 0


def test_ids_without_meaning_are_not_found(house: House) -> None:
    program = house.program("maya")
    for number in ("0", "-1", "1.0", "x", "9" * 18, "9" * 19, "9" * 5000, "%00"):
        for path in (f"/widgets/{number}", f"/records/{number}/timeline"):
            assert program.get(path).status_code == 404
        assert program.post(f"/notifications/{number}/read").status_code == 404


def test_of_two_values_for_one_field_the_last_one_counts(house: House) -> None:
    content = b'{"name": "first", "name": "last"}'
    answer = house.program("maya").post("/widgets", data=content, content_type="application/json")
    assert answer.get_json()["name"] == "last"


def test_problems_speak_the_callers_language(house: House) -> None:
    answer = house.program("maya").post("/widgets", json={})
    assert answer.get_json()["errors"] == {"name": ["This is needed."]}


def as_json(value: Any) -> bytes:
    """JSON also of numbers that the encoder would refuse."""
    return str(value).encode() if type(value) in (int, float) else orjson.dumps(value)


def encodable(value: Any) -> bool:
    try:
        orjson.dumps(value)
    except (TypeError, orjson.JSONEncodeError):
        return False
    return not (isinstance(value, float) and math.isinf(value))


def count(house: House) -> int:
    with using(house.installation), house.installation.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Widget)) or 0
