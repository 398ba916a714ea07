"""B01, B02, B11: what somebody may not see is not there, by any number and through any page."""

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from concord.actors import Face
from concord.files.models import File
from concord.identity import invitations
from concord.identity.models import ApiToken, Invitation, PortalMembership
from concord.notifications.models import Notification
from concord.parties.models import Party
from concord.timeline.models import Entry
from tests.contracts.conftest import address, rules_of
from tests.world import Browser, Program, World, fingerprint

SECRET = "Zephyr Hydraulics"
LINK = re.compile(r'(?:href|hx-get|data-refresh|action)="(/[^"#]*)"')
MOST_PAGES = 150
FAR = 10**9
# What colleagues may well see of one another: who they are, and what is on a shared record.
SHARED = {"entry_id", "file_id", "user_id"}
# Any colleague who reads a file may put a newer version in its place.
ADDED_TO_BY_READERS = "/versions"
# Numbers that an address may hold beside that of a record.
OTHERS = ("entry_id", "file_id", "notification_id", "membership_id", "invitation_id", "token_id",
          "user_id", "team_id", "role_id")  # fmt: skip


def numbers_of_others(world: World) -> dict[str, int]:
    """One of everything that has a number: of Lin, of Huadong, of Li Na."""
    huadong = world.records["huadong"]
    world.token("lin")
    with world.act("na") as (session, na):
        company = session.get_one(Party, huadong)
        invitations.invite_to_portal(
            session, na, company, name="N", email="n@huadong.example", language="en",
            face=Face.CUSTOMER,
        )  # fmt: skip
    with world.reading() as session:
        mine = Notification.user_id == world.people["lin"]
        member = PortalMembership.company_id == huadong
        found = {
            "entry_id": session.scalars(select(Entry.id).where(Entry.record_id == huadong)),
            "file_id": session.scalars(select(File.id)),
            "notification_id": session.scalars(select(Notification.id).where(mine)),
            "membership_id": session.scalars(select(PortalMembership.id).where(member)),
            "invitation_id": session.scalars(select(Invitation.id)),
            "token_id": session.scalars(select(ApiToken.id)),
        }
        numbers = {name: ids.first() or 1 for name, ids in found.items()}
    return {**numbers, "user_id": world.people["na"], "team_id": 1, "role_id": 1}


@pytest.mark.parametrize("person", ["ursula", "wei", "rita", "tom"])
def test_no_number_opens_what_is_somebody_elses(any_world: World, person: str) -> None:
    """B01, B02: every address with a number that is no record's, with the numbers of others."""
    world = any_world
    numbers = numbers_of_others(world)
    outside, before, tried = person in ("ursula", "wei"), fingerprint(world), 0
    for rule in rules_of(world.app):
        if not set(rule.arguments) & set(OTHERS):
            continue
        values: dict[str, object] = {**numbers, "record_id": world.records["huadong"]}
        api = rule.rule.startswith("/api/v1")
        caller: Browser | Program = world.api(person) if api else world.client(person)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            if not outside and method == "GET" and set(rule.arguments) & SHARED:
                continue
            if not outside and ADDED_TO_BY_READERS in rule.rule:
                continue
            body: dict[str, Any] = {"json": {}} if api and method != "GET" else {}
            answer = caller.open(address(rule, values), method=method, **body)
            assert answer.status_code in (403, 404), (method, rule.rule, answer.status_code)
            answer.close()
            if outside:
                nothing = address(rule, {**dict.fromkeys(OTHERS, FAR), "record_id": FAR})
                none = caller.open(nothing, method=method, **body)
                assert none.status_code == answer.status_code, (method, rule.rule)
            tried += 1
    assert tried >= 15
    assert fingerprint(world) == before


@pytest.fixture
def secret(narrow: World) -> World:
    """A company that Lin and Zhao Yu do not see, on which both have something to do."""
    world, na = narrow, narrow.api("na")
    made = na.post("/api/v1/companies", json={"name": SECRET, "is_customer": True}).get_json()
    world.records["secret"] = made["id"]
    contact = {"name": f"Bo of {SECRET}", "company_id": made["id"]}
    assert na.post("/api/v1/contacts", json=contact).status_code == 201
    for person in ("lin", "zhao"):
        task = {"title": "Call them back", "record_id": made["id"]}
        task["assignee_id"] = world.people[person]
        assert na.post("/api/v1/tasks", json=task).status_code == 201
    asked = {"company_id": world.records["hengtai"], "about_id": made["id"],
             "lines": [{"item": "Shaft", "wanted_on": "2027-01-31"}]}  # fmt: skip
    request = na.post("/api/v1/date_requests", json=asked).get_json()
    world.records["request"] = request["id"]
    said = {"body": f"{SECRET} waits.", "mentions": [world.people["maya"]]}
    assert na.post(f"/api/v1/records/{made['id']}/timeline", json=said).status_code == 201
    with world.writing() as session:
        world.record(session, "request").owner_id = world.people["zhao"]
        session.commit()
    return world


def everything(world: World, person: str) -> Iterator[tuple[str, str]]:
    """Whatever this person can reach by links from the first page, and every list of the API."""
    browser, waiting, seen = world.client(person), ["/"], set[str]()
    while waiting and len(seen) < MOST_PAGES:
        path = html.unescape(waiting.pop(0))
        if path in seen or path.startswith("/static/"):
            continue
        seen.add(path)
        answer = browser.get(path)
        if answer.status_code == 200 and answer.mimetype in ("text/html", "application/json"):
            yield path, answer.text
            waiting.extend(LINK.findall(answer.text))
        answer.close()
    program = world.api(person)
    for name in ("companies", "contacts", "tasks", "date_requests", "articles", "notifications"):
        yield name, program.get(f"/api/v1/{name}?limit=100").text


ASKED = (
    "/api/v1/companies?q=Zephyr", "/api/v1/companies?name.contains=zephyr",
    "/api/v1/companies?id={secret}", "/api/v1/contacts?company_id={secret}",
    "/api/v1/contacts?q=Zephyr", "/api/v1/companies?sort=-created_at",
)  # fmt: skip
PAGES = (
    "/customers?q=Zephyr", "/customers/similar?name=Zephyr+Hydraulics", "/customers/{secret}",
    "/records/{secret}/timeline", "/records/{secret}/timeline/new?after=0", "/tasks/on/{secret}",
    "/records/{secret}/mentionable?q=a", "/customers/{secret}/panels/head",
    "/date-requests/{request}", "/date-requests/{request}/lines", "/date-requests/new",
    "/portal-access/{secret}", "/knowledge?q=Zephyr",
)  # fmt: skip


@pytest.mark.parametrize("person", ["lin", "zhao"])
def test_a_company_one_does_not_see_is_named_nowhere(secret: World, person: str) -> None:
    """B11: list, page, search, look-up, count, panel, task, request, notification, timeline."""
    pages = list(everything(secret, person))
    assert len(pages) > 30
    for path, text in pages:
        assert SECRET not in html.unescape(text), path
    browser, program = secret.client(person), secret.api(person)
    for path in PAGES:
        assert SECRET not in html.unescape(browser.get(path.format(**secret.records)).text), path
    for path in ASKED:
        answer = program.get(path.format(**secret.records))
        assert SECRET not in answer.text, path
        if "sort" not in path:
            assert answer.get_json()["items"] == [], path
    for path in (f"/api/v1/companies/{secret.records['secret']}",
                 f"/api/v1/records/{secret.records['secret']}/timeline"):  # fmt: skip
        assert program.get(path).status_code == 404, path


def test_whoever_sees_it_finds_it_on_all_of_them(secret: World) -> None:
    """B11: the same addresses do name it to Maya; else the test above would say nothing."""
    browser, program = secret.client("maya"), secret.api("maya")
    shown = [
        p for p in PAGES if SECRET in html.unescape(browser.get(p.format(**secret.records)).text)
    ]
    assert len(shown) >= 6, shown
    for path in ASKED:
        assert SECRET in program.get(path.format(**secret.records)).text, path
    assert "mentioned" in program.get("/api/v1/notifications").text
