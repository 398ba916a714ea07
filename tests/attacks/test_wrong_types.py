"""C05: whatever stands where a number, a day or a name is expected, the mistake is the caller's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import Rule

from concord.identity.pages import reset
from tests.attacks.doors import doors_of, filled_in, properties
from tests.contracts.conftest import address, rules_of
from tests.world import Browser, Program, World

# More digits than Python turns into a number, after zeros that make a short look harmless.
ENDLESS = "0" * 20 + "9" * 5000
VALUES = (ENDLESS, "9" * 30, "-1", "a\x00b", "１²", "[]")
ON_POSTGRES = ("a\x00b", "9" * 18)
IDS = ("0", "-1", "1.0", "1e3", "[]", "{}", "null", "true", "%00", "9" * 19, "9" * 5000)
LEFT_OUT = ("identity.logout",)
ENDS_SOMETHING = ("archive", "withdraw", "disable", "remove", "revoke", "closure", "owner", "read")


class Heard(ImmutableMultiDict[str, str]):
    """Parameters that remember by which names they were asked for."""

    names: ClassVar[set[str]] = set()

    def get(self, key: str, *rest: Any, **options: Any) -> Any:
        self.names.add(key)
        return super().get(key, *rest, **options)

    def getlist(self, key: str, *rest: Any, **options: Any) -> Any:
        self.names.add(key)
        return super().getlist(key, *rest, **options)

    def __getitem__(self, key: str) -> str:
        self.names.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.names.add(str(key))
        return super().__contains__(key)


@contextmanager
def listening(world: World) -> Iterator[set[str]]:
    """The names of parameters that views ask for inside the block."""
    Heard.names = set()
    usual = world.app.request_class
    world.app.request_class = type("Asked", (usual,), {"parameter_storage_class": Heard})
    yield Heard.names
    world.app.request_class = usual
    Heard.names -= {"csrf_token"}


def pages(world: World, method: str) -> list[Rule]:
    """The addresses of pages that take a method; what ends something comes last."""
    rules = [rule for rule in rules_of(world.app) if not rule.rule.startswith("/api/v1")]
    rules = [r for r in rules if method in (r.methods or ()) and r.endpoint not in LEFT_OUT]
    return sorted(rules, key=lambda rule: any(part in rule.rule for part in ENDS_SOMETHING))


def places(world: World, rule: Rule) -> str:
    """The address of a rule on a record of its kind."""
    first = rule.rule.strip("/").split("/")[0]
    kinds = {"contacts": "zhou_min", "suppliers": "hengtai", "date-requests": "torque_stand_parts"}
    if rule.rule.startswith("/portal/dates"):
        key = "torque_stand_parts"
    else:
        key = kinds.get(first, "huadong")
    record_id = world.records[key]
    if first in ("tasks", "knowledge"):
        record_id = newest(world, {"tasks": "tasks", "knowledge": "articles"}[first])
    return address(rule, {"record_id": record_id, "user_id": world.people["tom"]})


def newest(world: World, collection: str) -> int:
    found = world.api("maya").get(f"/api/v1/{collection}?limit=1").get_json()["items"]
    return int(found[0]["id"])


def senseless(world: World) -> tuple[str, ...]:
    return VALUES if world.installation.database.sqlite else ON_POSTGRES


@pytest.mark.parametrize("person", ["na", "zhou", "huang"])
def test_no_address_breaks_by_what_stands_behind_the_question_mark(
    any_world: World, person: str
) -> None:
    """C05: each parameter that a page asks for, with everything it should not be."""
    browser, asked = any_world.client(person), 0
    for rule in pages(any_world, "GET"):
        path = places(any_world, rule)
        with listening(any_world) as names:
            if browser.get(path).status_code == 404:
                continue
        for name in sorted(names - {"csrf_token"}):
            for value in senseless(any_world):
                answer = browser.get(path, query_string={name: value})
                assert answer.status_code < 500, (path, name, value[:30], answer.text[-300:])
                asked += 1
    assert asked >= 10


def test_no_form_breaks_by_what_stands_in_its_fields(
    any_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C05: each field that a view asks for by itself; schemas are the API's matter, below."""
    world, asked = any_world, 0
    monkeypatch.setattr(reset, "answer_after", lambda seconds: None)
    for person in ("na", "huang", "zhou"):
        browser = world.client(person)
        for rule in pages(world, "POST"):
            path = places(world, rule)
            with listening(world) as names:
                browser.post(path, data={"name": "x", "title": "x", "body": "x"})
            for name in sorted(names - {"csrf_token"}):
                for value in senseless(world):
                    data = {"body": "Words.", "name": "Huadong Precision", "is_customer": "1"}
                    answer = browser.post(path, data=data | {name: value})
                    assert answer.status_code < 500, (path, name, value[:30], answer.text[-300:])
                    asked += 1
    assert asked >= 10


def test_ids_of_the_wrong_kind_lead_nowhere(world: World) -> None:
    """C05: in every address that takes one, on pages and in the API."""
    browser, program = world.client("na"), world.api("na")
    for rule in rules_of(world.app):
        if not rule.arguments or rule.endpoint in LEFT_OUT:
            continue
        caller: Browser | Program = program if rule.rule.startswith("/api/v1") else browser
        offered = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        method = "GET" if "GET" in offered else offered[-1]
        path = address(rule, {})
        for value in IDS:
            url = path.replace("/1", f"/{value}").replace("/x", f"/{value}")
            url = url.replace(f"/api/v{value[1:]}", "/api/v1") if "/api/" not in url else url
            answer = caller.open(url, method=method, **({} if method == "GET" else {"json": {}}))
            assert 400 <= answer.status_code < 500, (method, url[:80], answer.status_code)


texts = st.sampled_from(["", "x", "1", "a\x00b", "x" * 70_000, "9" * 5000, "\u202e", "=1+1"])
days = st.sampled_from(
    ["0001-01-01", "9999-12-31", "2026-02-30", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
     "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-11-22T08:00:00"]
)  # fmt: skip
numbers = st.sampled_from([0, -1, 1, 1.5, 2**31, 2**63 - 1, 2**63, 10**30, 1e300])
scalars = st.none() | st.booleans() | numbers | texts | days
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["id", "item", "amount", "wanted_on"]), inner, max_size=2)
    ),
    max_leaves=4,
)
SLOWLY = settings(max_examples=150, suppress_health_check=list(HealthCheck))


def test_no_body_breaks_any_door_of_the_api(world: World) -> None:
    """C05: fields of every kind in every wrong shape, together with those that are right."""
    offered = [
        (person, door)
        for person in ("na", "zhou", "huang")
        for door in doors_of(world, person)
        if door.schema
    ]

    @SLOWLY
    @given(data=st.data())
    def send(data: st.DataObject) -> None:
        person, door = data.draw(st.sampled_from(offered))
        chosen = st.lists(st.sampled_from(sorted(properties(door))), max_size=3, unique=True)
        body = filled_in(door) | {name: data.draw(values) for name in data.draw(chosen)}
        answer = world.api(person).open(
            door.address, method=door.method, data=as_json(body), content_type="application/json"
        )
        assert answer.status_code < 500, (door, body, answer.text)

    send()


EXTREMES = ("0001-01-01", "0001-01-02", "9999-12-30", "9999-12-31")


def test_a_day_at_the_end_of_time_shuts_no_list(any_world: World) -> None:
    """C05: whoever writes it down spoils no page, for no reader in any zone."""
    world, program = any_world, any_world.api("na")
    for day in EXTREMES:
        for method, path, sent in far_away(world, day):
            answer = program.open(f"/api/v1/{path}", method=method, json=sent)
            assert answer.status_code in (200, 201, 422), answer.text
    for person, paths in READERS.items():
        browser = world.client(person)
        for zone in ("Asia/Shanghai", "America/St_Johns", "Pacific/Kiritimati"):
            browser.post("/preferences", data={"name": "Somebody", "timezone": zone})
            for path in paths:
                answer = browser.get(path.format(**world.records))
                assert answer.status_code == 200, (person, zone, path, answer.text[-300:])


def far_away(world: World, day: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Everything that takes a day or a moment."""
    huadong = world.records["huadong"]
    for clock in ("", "T00:00:00Z", "T23:59:59Z"):
        due = {"due_at": day + clock} if clock else {"due_on": day}
        yield "POST", "tasks", {"title": f"Far {day}", "record_id": huadong, **due}
    yield "POST", "contacts", {"name": "Old Timer", "company_id": huadong, "birthday": day}
    yield "PATCH", f"companies/{huadong}", {"customer_since": day}
    yield "POST", "articles", {"title": f"Far {day}", "space": "Far", "review_on": day}
    supplier = {"company_id": world.records["hengtai"], "about_id": huadong}
    lines = [{"item": "Far", "wanted_on": day}]
    yield "POST", "date_requests", {**supplier, "answer_by": day, "lines": lines}


READERS = {
    "na": ("/", "/tasks?view=all", "/customers/{huadong}", "/suppliers/{hengtai}", "/knowledge",
           "/date-requests"),
    "huang": ("/portal/", "/portal/dates"),
}  # fmt: skip


def as_json(body: Any) -> bytes:
    """JSON also of numbers that the encoder would refuse."""
    try:
        return orjson.dumps(body)
    except TypeError:
        return repr(body).replace("'", '"').replace("None", "null").encode()
