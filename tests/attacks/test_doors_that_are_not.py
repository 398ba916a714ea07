"""A09, A11, A13, A16: headers that claim a name, doors that do not exist, changes by a link."""

import pytest

from concord.web.routing import access_of
from tests.concord.identity.house import House
from tests.concord.identity.proofs import SECURITY
from tests.contracts.conftest import address, rules_of
from tests.world import World, fingerprint

CLAIMS = ("X-Remote-User", "Remote-User", "X-Forwarded-User", "X-Authenticated-User", "X-User",
          "X-WEBAUTH-USER", "X-MS-CLIENT-PRINCIPAL-NAME")  # fmt: skip


@pytest.mark.parametrize("header", CLAIMS)
def test_no_header_names_who_is_asking(world: World, header: str) -> None:
    """A09: this program believes no proxy about people, only about addresses it was told of."""
    browser, program = world.client(), world.api(None)
    for name in ("na@beacon.example", "admin", "1"):
        assert browser.get("/settings/people", headers={header: name}).status_code == 302
        assert program.get("/api/v1/users/me", headers={header: name}).status_code == 401


def test_the_environment_of_the_server_names_nobody_either(world: World) -> None:
    """A09: REMOTE_USER, as a web server in front might set it."""
    answer = world.client().get("/", environ_overrides={"REMOTE_USER": "na@beacon.example"})
    assert answer.status_code == 302


def test_there_is_no_directory_to_inject_into(world: World) -> None:
    """A11: no LDAP is spoken anywhere; its wildcards are a wrong address like any other."""
    house = House(world)
    for name in ("*", "*)(uid=*", "na@beacon.example)(|(uid=*"):
        assert house.enter(f"{name}@x", "x").status_code == 401
    assert house.enter("na", "").status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/setup", "/install", "/wizard", "/getting-started", "/register", "/signup", "/admin",
        "/api/v1/setup", "/first-run", "/users/new",
    ],
)  # fmt: skip
def test_no_page_makes_the_first_person(world: World, path: str) -> None:
    """A13: that is the command line's; there is nothing to find before or after it."""
    for method in ("GET", "POST"):
        assert world.client().open(path, method=method).status_code in (401, 404, 405)


def test_a_stranger_learns_nothing_of_the_inside(world: World) -> None:
    """A13: one word of health, no metrics, no description of the API."""
    stranger = world.client()
    assert stranger.get("/livez").text.strip() in ("ok", "alive")
    assert len(stranger.get("/readyz").text) < 20
    assert stranger.get("/metrics").status_code in (401, 404)
    assert stranger.get("/api/docs").status_code in (302, 401)
    assert world.api(None).get("/api/v1/openapi.json").status_code in (401, 404)


@pytest.mark.parametrize("person", ["lin", "na", "zhou", "huang"])
def test_reading_changes_nothing(world: World, person: str) -> None:
    """A16: every address that takes GET, asked by somebody who may; then nothing is different."""
    browser = world.client(person)
    before = fingerprint(world)
    for rule in rules_of(world.app):
        if "GET" in (rule.methods or ()) and not rule.rule.startswith("/api/v1"):
            browser.get(address(rule, dict(world.records)))
    assert fingerprint(world) == before


@pytest.mark.parametrize("person", ["na", "zhou"])
def test_no_change_is_taken_from_another_site(world: World, person: str) -> None:
    """A16: by a form or script elsewhere, with the victim's cookies; even with the right token."""
    browser = world.client(person)
    before = fingerprint(world)
    for rule in rules_of(world.app):
        access = access_of(world.app.view_functions[rule.endpoint])
        if access is None or rule.rule.startswith("/api/v1"):
            continue
        for method in {"POST", "PATCH", "DELETE", "PUT"} & (rule.methods or set()):
            answer = browser.open(
                address(rule, dict(world.records)),
                method=method,
                headers={"Sec-Fetch-Site": "cross-site"},
            )
            assert answer.status_code in (403, 404), (method, rule.rule, answer.status_code)
    assert fingerprint(world) == before
    assert browser.get(SECURITY).status_code == 200
