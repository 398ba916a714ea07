"""H01: whoever sends more than was asked for changes nothing with it."""

from typing import Any

import pytest
from sqlalchemy import select

from concord.records.models import Record
from concord.timeline.models import Entry, TimelineLink
from modules.crm.date_requests.models import DateRequest
from tests.attacks.doors import Door, doors_of, filled_in, properties, resolved
from tests.world import World, fingerprint

# What other programs have been taken over with: rights, ownership, history, money, the row itself.
WANTED = {
    "id": 1, "kind": "company", "version": 99, "is_admin": True, "is_staff": True, "role": "admin",
    "roles": ["administrator"], "grants": {"*": "all"}, "permissions": ["*"], "face": "staff",
    "user_id": 1, "owner_id": 1, "team_id": 1, "company_id": 2, "created_by": 1, "created_by_id": 1,
    "created_at": "2020-01-01T00:00:00Z", "updated_at": "2020-01-01T00:00:00Z", "archived_at": None,
    "sort_key": "a", "credit_limit_minor": 10**9, "price": 0, "password_hash": "x", "position": 1,
    "actor_id": 1, "at": "2020-01-01T00:00:00Z", "__class__": "Record", "_sa_instance_state": {},
}  # fmt: skip
TAKES_NOTHING = {
    "/api/v1/bulk-runs/{record_id}/continue",
    "/api/v1/bulk-runs/{record_id}/hold",
    "/api/v1/bulk-runs/{record_id}/undo",
    "/api/v1/files",
    "/api/v1/files/{file_id}/versions",
    "/api/v1/files/{file_id}/versions/{number}/restore",
    "/api/v1/notifications/read-all",
    "/api/v1/notifications/{notification_id}/read",
    "/api/v1/notifications/{notification_id}/unread",
    "/api/v1/records/{record_id}/follow",
    "/api/v1/records/{record_id}/mentions-only",
    "/api/v1/records/{record_id}/mute",
    "/api/v1/webhooks/{record_id}/deliveries/{delivery_id}/resend",
    "/api/v1/webhooks/{record_id}/ping",
    "/api/v1/webhooks/{record_id}/secret",
    "/api/v1/webhooks/{record_id}/start",
    "/api/v1/webhooks/{record_id}/stop",
}


@pytest.mark.parametrize("person", ["na", "lin", "zhou", "huang"])
def test_every_door_of_the_api_refuses_fields_it_does_not_name(world: World, person: str) -> None:
    """H01: each door × each field that is not in its description; refused by name, nothing done."""
    program, doors = world.api(person), doors_of(world, person)
    before, tried = fingerprint(world), 0
    for door in doors:
        if door.schema is None:
            assert door.method == "DELETE" or door.rule in TAKES_NOTHING, door
            continue
        for name in WANTED.keys() - properties(door).keys():
            sent = filled_in(door) | {name: WANTED[name]}
            answer = program.open(door.address, method=door.method, json=sent)
            assert answer.status_code in (403, 404, 422), (door, name, answer.text)
            if answer.status_code == 422:
                assert name in answer.get_json()["errors"], (door, name, answer.text)
                tried += 1
    assert tried >= 20
    assert fingerprint(world) == before


@pytest.mark.parametrize("person", ["na", "huang"])
def test_nor_inside_the_parts_of_what_is_sent(world: World, person: str) -> None:
    """H01: a line of a request for dates has no more fields than it names either."""
    program, before, tried = world.api(person), fingerprint(world), 0
    for door in doors_of(world, person):
        for field, inner in inner_objects(door):
            names = WANTED.keys() - inner.get("properties", {}).keys()
            for name in names:
                sent: dict[str, Any] = filled_in(door)
                sent[field] = [{**(sent.get(field) or [{}])[0], name: WANTED[name]}]
                answer = program.open(door.address, method=door.method, json=sent)
                assert answer.status_code == 422, (door, field, name, answer.text)
                assert f"{field}.0.{name}" in answer.get_json()["errors"]
                tried += 1
    assert tried >= 20
    assert fingerprint(world) == before


def inner_objects(door: Door) -> list[tuple[str, Any]]:
    """The fields of a door that hold lists of objects, with what each object names."""
    found = []
    for name, schema in properties(door).items():
        items = resolved(door.spec, schema.get("items"))
        if items and items.get("properties"):
            found.append((name, items))
    return found


def test_a_form_on_a_timeline_writes_in_ones_own_name_and_time(world: World) -> None:
    """H01: what a page's form says beside its fields is not read."""
    form = {name: str(value) for name, value in WANTED.items() if name != "company_id"}
    path = f"/records/{world.records['huadong']}/timeline"
    with world.act("lin") as (session, _lin):
        newest = session.scalars(select(Entry.id).order_by(Entry.id.desc())).first()
    answer = world.client("lin").post(path, data={**form, "body": "Mine.", "kind": "note"})
    assert answer.status_code == 200
    with world.reading() as session:
        entry = session.scalars(select(Entry).where(Entry.id > newest)).one()
        link = session.scalars(select(TimelineLink).where(TimelineLink.entry_id == entry.id)).one()
    assert (entry.actor_id, entry.kind) == (world.people["lin"], "note")
    assert entry.at.year > 2020
    assert link.position > 1


def test_a_form_that_asks_for_dates_takes_only_what_it_shows(world: World) -> None:
    """H01: the request is open, and of whoever asked."""
    form = {name: str(value) for name, value in WANTED.items() if name != "company_id"}
    form |= {"state": "answered", "answered_at": "2020-01-01", "asked_by_id": "1"}
    line = {"item": "Shaft", "wanted_on": "2027-01-31", "answered_on": "2027-01-31", "id": "1"}
    form |= {f"lines.0.{name}": value for name, value in line.items()}
    form |= {"company_id": str(world.records["hengtai"])}
    assert world.client("zhao").post("/date-requests", data=form).status_code == 303
    with world.reading() as session:
        asked = session.scalars(select(DateRequest).order_by(Record.id.desc())).first()
        assert asked is not None
        assert (asked.state, asked.answered_at, asked.lines[0].answered_on) == ("open", None, None)
        assert {asked.owner_id, asked.asked_by_id} == {world.people["zhao"]}
        assert asked.version == 1


FORMS = {
    "/customers/{huadong}": ("PATCH", "lin", {"city": "Wuxi"}),
    "/customers/{huadong}/edit": ("POST", "lin", {"city": "Wuxi"}),
    "/customers": ("POST", "lin", {"name": "New", "is_customer": "1"}),
    "/customers/{huadong}/contacts": ("POST", "lin", {"name": "New"}),
    "/contacts/{zhou_min}": ("PATCH", "lin", {"title": "CFO"}),
    "/contacts/{zhou_min}/edit": ("POST", "lin", {"title": "CFO"}),
    "/tasks": ("POST", "lin", {"title": "New"}),
    "/knowledge": ("POST", "lin", {"title": "New", "space": "New"}),
    "/preferences": ("POST", "zhou", {"name": "New"}),
    "/portal/colleagues": ("POST", "zhou", {"name": "N", "email": "n@n.example", "language": "en"}),
    "/settings/teams": ("POST", "na", {"name": "New"}),
}


@pytest.mark.parametrize("path", FORMS)
def test_every_form_refuses_fields_it_does_not_show(world: World, path: str) -> None:
    """H01: with a sentence, and without having done the rest."""
    method, person, form = FORMS[path]
    browser, before = world.client(person), fingerprint(world)
    for name in ("id", "version", "owner_id", "team_id", "company_id", "is_staff", "archived_at"):
        answer = browser.fragment(
            path.format(**world.records), method=method, data={**form, name: "1"}
        )
        assert answer.status_code == 422, (path, name, answer.status_code)
    assert fingerprint(world) == before
