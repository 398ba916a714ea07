"""Every route × every principal: who is not let in learns nothing, and changes nothing."""

import pytest
from werkzeug.routing import Rule

from concord.actors import Face
from concord.web.routing import Entry, access_of
from tests.contracts.conftest import OUTSIDE, STAFF, address, rules_of
from tests.world import Browser, Program, World, fingerprint

UNSAFE = ("POST", "PATCH", "DELETE", "PUT")
SIGNS_OUT = ("identity.logout",)
REFUSED = {301, 302, 303, 308, 400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 429}
FACES = {**dict.fromkeys(STAFF, Face.STAFF), "zhou": Face.CUSTOMER, "paul": Face.CUSTOMER,
         "ursula": Face.CUSTOMER, "huang": Face.SUPPLIER, "wei": Face.SUPPLIER}  # fmt: skip


def caller_of(world: World, person: str | None, rule: Rule) -> Browser | Program:
    """How somebody asks for a rule: pages by cookie, the API by token."""
    return world.api(person) if rule.rule.startswith("/api/v1") else world.client(person)


def ask(caller: Browser | Program, rule: Rule, method: str, values: dict[str, object]) -> int:
    program = rule.rule.startswith("/api/v1") and method != "GET"
    answer = caller.open(address(rule, values), method=method, json={} if program else None)
    assert answer.status_code < 500, (method, rule.rule, answer.text[:500])
    return int(answer.status_code)


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def test_every_route_names_a_permission_and_faces(world: World) -> None:
    for rule in rules_of(world.app):
        access = access_of(world.app.view_functions[rule.endpoint])
        assert access is not None, rule.endpoint
        assert access.faces, rule.endpoint
        assert Face.SYSTEM not in access.faces, rule.endpoint


def test_nobody_signed_out_gets_in(world: World) -> None:
    before = fingerprint(world)
    for rule in rules_of(world.app):
        access = access_of(world.app.view_functions[rule.endpoint])
        assert access is not None
        if access.permission is Entry.PUBLIC:
            continue
        for method in methods(rule):
            status = ask(caller_of(world, None, rule), rule, method, dict(world.records))
            assert status in (302, 303, 401, 403, 404), (method, rule.rule, status)
    assert fingerprint(world) == before


@pytest.mark.parametrize("person", OUTSIDE)
def test_what_is_not_opened_to_a_face_is_not_there(world: World, person: str) -> None:
    before = fingerprint(world)
    for rule in rules_of(world.app):
        access = access_of(world.app.view_functions[rule.endpoint])
        assert access is not None
        if access.permission is Entry.PUBLIC or FACES[person] in access.faces:
            continue
        for method in methods(rule):
            status = ask(caller_of(world, person, rule), rule, method, {})
            assert status == 404, (person, method, rule.rule, status)
    assert fingerprint(world) == before


@pytest.mark.parametrize("person", ["ursula", "wei", "rita", "tom"])
def test_other_peoples_records_are_neither_shown_nor_changed(world: World, person: str) -> None:
    """B01 and B02: the other company, the other supplier, the reader, the other team."""
    before = fingerprint(world)
    foreign = [world.records["huadong"], world.records["hengtai"], world.records["zhou_min"]]
    outside = person in OUTSIDE
    for rule in rules_of(world.app):
        if "record_id" not in rule.arguments or rule.endpoint in SIGNS_OUT:
            continue
        for method in methods(rule):
            if not outside and method not in UNSAFE:
                continue
            if not outside and not _writes_records(rule):
                continue
            for record_id in foreign:
                caller = caller_of(world, person, rule)
                status = ask(caller, rule, method, {"record_id": record_id})
                wanted = {404, 405} if outside else REFUSED
                assert status in wanted, (person, method, rule.rule, status)
    assert fingerprint(world) == before


def test_ids_that_make_no_sense_are_not_found(world: World) -> None:
    for rule in rules_of(world.app):
        if "record_id" not in rule.arguments or "GET" not in (rule.methods or ()):
            continue
        caller = caller_of(world, _let_in(world, rule), rule)
        for record_id in (0, 2**63, 10**30):
            status = caller.get(address(rule, {"record_id": record_id})).status_code
            assert status in (404, 422), (rule.rule, record_id, status)


def _let_in(world: World, rule: Rule) -> str:
    """Somebody who gets as far as the record: Lin, or for what she may not do an administrator."""
    access = access_of(world.app.view_functions[rule.endpoint])
    assert access is not None
    permission = access.permission
    is_open = isinstance(permission, Entry) or world.actor("lin").may(permission)
    return "lin" if is_open else "na"


def _writes_records(rule: Rule) -> bool:
    """Colleagues may write on a record's timeline and add their own work to it; its fields not."""
    mine = (
        "/follow",
        "/mute",
        "/mentions-only",
        "/timeline",
        "/notifications",
        "/tasks",
        "/date",
        "/panels",
        "/access",
        "/invitations",
    )
    return not any(part in rule.rule for part in mine)
