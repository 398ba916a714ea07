"""A01–A03, A12: a captured cookie, a forged host, an old link: none of them opens anything."""

import re
from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from sqlalchemy import delete, insert, select

from concord.database.base import Model
from concord.identity import memberships, users
from concord.identity.models import PortalMembership, User
from concord.identity.permissions import Identity
from concord.identity.roles import ADMINISTRATOR
from concord.web.routing import Entry as Entrance
from concord.web.routing import access_of
from tests.concord.identity.house import OTHER, PASSWORD, House, cookie_of, thief
from tests.contracts.conftest import address, rules_of
from tests.world import World, fingerprint

EVIL = "evil.example"


@pytest.fixture
def house(world: World) -> House:
    return House(world)


def sign_out(house: House, person: str) -> None:
    house.signed_in(person)
    browser = house.signed_in(person)
    browser.post("/logout")


def disable(house: House, person: str) -> None:
    with house.world.act("na") as (session, na):
        users.disable(session, na, session.get_one(User, house.world.people[person]))


def lose_a_role(house: House, person: str) -> None:
    with house.world.act("na") as (session, na):
        users.set_roles(session, na, session.get_one(User, house.world.people[person]), [])


def leave_the_company(house: House, person: str) -> None:
    with house.world.act("na") as (session, na):
        mine = PortalMembership.user_id == house.world.people[person]
        memberships.remove(session, na, session.scalars(select(PortalMembership).where(mine)).one())


ENDS: dict[str, tuple[str, Callable[[House, str], None]]] = {
    "disabled": ("tom", disable),
    "disabled outside": ("vera", disable),
    "other roles": ("anna", lose_a_role),
    "left the company": ("karl", leave_the_company),
}


@pytest.mark.parametrize("end", ["signed out", "another password", *ENDS])
def test_a_captured_cookie_opens_no_page_and_no_form(house: House, end: str) -> None:
    """A01: every address of the product, after each thing that ends a session."""
    person = ENDS[end][0] if end in ENDS else "lin"
    browser = house.signed_in(person)
    token, here = cookie_of(browser), house.signed_in(person)
    if end == "signed out":
        browser.post("/logout")
    elif end == "another password":
        here.post("/preferences/password", data={"current": PASSWORD, "password": OTHER})
    else:
        ENDS[end][1](house, person)
    stolen, before = thief(house.world, token), fingerprint(house.world)
    for rule in rules_of(house.world.app):
        access = access_of(house.world.app.view_functions[rule.endpoint])
        assert access is not None
        if access.permission is Entrance.PUBLIC:
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            answer = stolen.open(address(rule, dict(house.world.records)), method=method)
            assert answer.status_code in (302, 401, 403), (method, rule.rule, answer.status_code)
            if answer.status_code == 302:
                assert answer.location.startswith("/login"), rule.rule
    assert fingerprint(house.world) == before


def test_nobody_who_is_shut_out_lets_themselves_in_again(house: House) -> None:
    """A01: an administrator who is disabled: not by cookie, by token, by reset or by a form."""
    with house.world.act("na") as (session, na):
        rita = session.get_one(User, house.world.people["rita"])
        users.set_roles(session, na, rita, [ADMINISTRATOR])
    browser, program = house.signed_in("rita"), house.world.api("rita")
    form = browser.form_token()
    disable(house, "rita")
    path = f"/settings/people/{house.world.people['rita']}"
    for attempt in (f"{path}/enable", path, f"{path}/disable"):
        assert browser.post(attempt, data={"csrf_token": form}).status_code in (302, 401, 403)
    api = f"/api/v1/users/{house.world.people['rita']}"
    assert program.patch(api, json={"disabled": False}).status_code == 401
    house.world.client().post("/password/forgot", data={"email": house.email("rita")})
    assert house.letters(house.email("rita")) == []
    assert house.user("rita").disabled_at is not None
    assert Identity.USER_MANAGE in house.world.actor("na").grants


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": EVIL},
        {"Host": f"{EVIL}:8000"},
        {"Host": f"127.0.0.1.{EVIL}"},
        {"Host": f"127.0.0.1:8000@{EVIL}"},
        {"Host": f"{EVIL}/127.0.0.1"},
        {"Host": ""},
    ],
)
def test_a_host_that_is_not_ours_is_refused_everywhere(
    house: House, headers: dict[str, str]
) -> None:
    """A02: 400, with no address of the attacker's in the answer and no letter written."""
    browser, program = house.world.client("lin"), house.world.api("lin")
    form = {"email": house.email("lin"), "password": PASSWORD}
    for method, path in (
        ("GET", "/"), ("GET", "/login"), ("GET", "/static/app.css"), ("GET", "/api/v1/companies"),
        ("POST", "/login"), ("POST", "/password/forgot"), ("POST", "/preferences/language"),
    ):  # fmt: skip
        caller = program if path.startswith("/api") else browser
        answer = caller.open(path, method=method, headers=headers, data=form)
        assert answer.status_code == 400, (method, path, answer.status_code)
        assert EVIL not in answer.text
        assert EVIL not in str(answer.headers)
    assert house.letters() == []


def test_every_letter_leads_to_our_own_address(house: House) -> None:
    """A02: whatever the request says of itself."""
    forged = {"X-Forwarded-Host": EVIL, "X-Host": EVIL, "Forwarded": f"host={EVIL}",
              "X-Forwarded-Proto": "https", "Origin": f"http://{EVIL}",
              "Referer": f"http://{EVIL}/"}  # fmt: skip
    person = {"name": "Nils", "email": "nils@northwind.example", "language": "en"}
    path = f"/portal-access/{house.world.records['northwind']}"
    vera = house.signed_in("vera")
    asked = [
        house.world.client().post(
            "/password/forgot", data={"email": house.email("lin")}, headers=forged
        ),
        house.signed_in("lin").post(path, data={**person, "face": "customer"}, headers=forged),
        house.signed_in("na").post(
            "/settings/invite", data={**person, "email": "o@x.example"}, headers=forged
        ),
        vera.post(
            "/preferences/email",
            data={"email": "vera@new.example", "current": PASSWORD},
            headers=forged,
        ),
    ]
    assert all(answer.status_code in (200, 303) for answer in asked)
    letters = [letter.text + (letter.html or "") for letter in house.letters()]
    links = [link for text in letters for link in re.findall(r"https?://[^\s\"<]+", text)]
    assert len(links) >= 4
    assert all(link.startswith("http://127.0.0.1:8000/") for link in links), links
    assert EVIL not in str(letters)


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_the_number_of_a_person_is_never_given_again(
    request: pytest.FixtureRequest, engine: str
) -> None:
    """A03: whoever comes after somebody who was deleted does not get what was theirs."""
    found: World = request.getfixturevalue("world" if engine == "sqlite" else "world_on_postgres")
    table = Model.metadata.tables["concord_users"]
    row = {"name": "Gone", "sort_key": "gone", "is_staff": False, "language": "en",
           "timezone": "UTC", "theme": "system", "version": 1}  # fmt: skip
    ids = []
    with found.writing() as session:
        for number in range(2):
            made = (
                insert(table).values(email=f"gone{number}@x.example", **row).returning(table.c.id)
            )
            ids.append(session.execute(made).scalar_one())
            session.execute(delete(table).where(table.c.id == ids[-1]))
        session.commit()
    assert ids[0] < ids[1]


OUTWARDS = ("//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example/",
            "javascript:alert(1)", "/\t/evil.example", "/%5C%5Cevil.example",
            "\\\\evil.example")  # fmt: skip


@pytest.mark.parametrize("wanted", OUTWARDS)
def test_no_way_on_leads_out_of_the_house(house: House, wanted: str) -> None:
    """A12: at the door, for those inside who come to it, and after a choice of language."""
    inside = house.signed_in("lin")
    answers = [
        house.enter("lin", next=wanted),
        inside.get("/login", query_string={"next": wanted}),
        inside.post("/preferences/language", data={"language": "en", "next": wanted}),
        inside.post("/preferences/theme", data={"theme": "dark", "next": wanted}),
    ]
    for answer in answers:
        assert answer.status_code in (302, 303)
        there = urljoin("http://concord.example/login", answer.location)
        assert there.startswith("http://concord.example/"), answer.location
        assert not answer.location.startswith(("//", "/\\"))
