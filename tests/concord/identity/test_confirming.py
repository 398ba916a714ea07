"""Before dangerous things, one proves again who one is."""

import pytest

from concord.identity import users
from concord.identity.actors import fold
from concord.identity.confirming import ProofNeeded
from concord.identity.factors.models import CodeApp
from concord.identity.models import ApiToken, Invitation, User
from concord.identity.sessions import read_session
from tests.concord.identity.house import PASSWORD, House, cookie_of
from tests.concord.identity.proofs import SECURITY, grow_stale, set_up

DIALOGS = (f"{SECURITY}/app", f"{SECURITY}/passkeys/new")


@pytest.mark.parametrize("path", DIALOGS)
def test_a_stale_session_is_asked_first_and_led_on(house: House, path: str) -> None:
    browser = house.signed_in("lin")
    grow_stale(house, "lin")
    asked = browser.get(path)
    assert (asked.status_code, asked.location) == (303, f"/confirm?next={path.replace('/', '%2F')}")
    assert browser.post("/confirm", data={"next": path, "password": "wrong"}).status_code == 422
    assert browser.get(path).status_code == 303
    led = browser.post("/confirm", data={"next": path, "password": PASSWORD})
    assert led.location == path
    assert browser.get(path).status_code == 200


def test_a_dialog_asks_inside_itself(house: House) -> None:
    browser = house.signed_in("lin")
    grow_stale(house, "lin")
    asked = browser.fragment(f"{SECURITY}/app")
    assert asked.status_code == 200
    assert 'name="password"' in asked.text
    answered = browser.fragment(
        "/confirm", method="POST", data={"next": f"{SECURITY}/app", "password": PASSWORD}
    )
    assert f'hx-get="{SECURITY}/app"' in answered.text


def test_what_was_typed_in_a_dialog_stays_while_it_asks(house: House) -> None:
    browser = house.signed_in("na")
    grow_stale(house, "na")
    asked = browser.fragment(
        "/settings/tokens", method="POST", data={"name": "export"}, headers={"HX-Target": "dialog"}
    )
    assert asked.headers["HX-Retarget"] == "#sheet"
    assert house.count(ApiToken) == 0
    done = browser.fragment("/confirm", method="POST", data={"next": "", "password": PASSWORD})
    assert (done.status_code, "concord:close" in done.headers["HX-Trigger"]) == (204, True)
    browser.fragment("/settings/tokens", method="POST", data={"name": "export"})
    assert house.count(ApiToken) == 1


@pytest.mark.parametrize(
    ("path", "data"),
    [
        (f"{SECURITY}/app/remove", {}),
        (f"{SECURITY}/codes", {}),
        (f"{SECURITY}/app", {"offered": "x", "code": "1"}),
        ("/settings/tokens", {"name": "export"}),
    ],
)
def test_nothing_dangerous_happens_before(house: House, path: str, data: dict[str, str]) -> None:
    browser = house.signed_in("na")
    set_up(browser)
    grow_stale(house, "na")
    answer = browser.post(path, data=data)
    assert answer.status_code in (303, 422)
    assert (house.count(CodeApp), house.count(ApiToken)) == (1, 0)


def test_a_new_administrator_needs_proof(house: House) -> None:
    """D06: an open page, or a script in one, makes nobody an administrator."""
    browser = house.signed_in("na")
    grow_stale(house, "na")
    person = {"name": "Rita", "with_roles": "1", "roles": ["administrator"]}
    path = f"/settings/people/{house.world.people['rita']}"
    assert browser.post(path, data=person).location.startswith("/confirm")
    invited = {
        "name": "Nils",
        "email": "nils@x.example",
        "language": "en",
        "roles": "administrator",
    }
    assert browser.post("/settings/invite", data=invited).location.startswith("/confirm")
    assert house.count(Invitation) == 0
    with house.world.reading() as session:
        rita = session.get_one(User, house.world.people["rita"])
        assert users.roles_of(session, rita) == ["read_only"]
    browser.post("/confirm", data={"password": PASSWORD})
    assert browser.post(path, data=person).status_code == 303
    with house.world.reading() as session:
        assert users.roles_of(session, rita) == ["administrator"]


def test_the_action_itself_asks_whatever_page_calls_it(house: House) -> None:
    browser = house.signed_in("na")
    grow_stale(house, "na")
    with house.world.app.test_request_context(), house.world.writing() as session:
        rows = read_session(session, cookie_of(browser))
        na = fold(rows, session_id=rows[0].session_id)
        rita = session.get_one(User, house.world.people["rita"])
        assert na is not None
        with pytest.raises(ProofNeeded):
            users.set_roles(session, na, rita, ["administrator"])


def test_guessing_the_password_there_is_limited(house: House) -> None:
    browser = house.signed_in("lin")
    grow_stale(house, "lin")
    for _guess in range(10):
        browser.post("/confirm", data={"password": "wrong"})
    refused = browser.post("/confirm", data={"password": PASSWORD})
    assert refused.status_code == 422
    assert browser.get(f"{SECURITY}/app").status_code == 303


def test_the_way_on_stays_in_the_house(house: House) -> None:
    browser = house.signed_in("lin")
    for evil in ("//evil.example", "https://evil.example", "/\\evil.example"):
        led = browser.post("/confirm", data={"next": evil, "password": PASSWORD})
        assert led.location == "/"
