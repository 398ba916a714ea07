"""An organisation that asks its staff for a second factor, and one that is lost."""

import pytest
from sqlalchemy import select

from concord.audit.models import AuditRow
from concord.identity import requirement
from concord.identity.factors.models import CodeApp, RecoveryCode
from tests.concord.identity.house import House, is_open
from tests.concord.identity.proofs import SECURITY, grow_stale, set_up


@pytest.fixture
def strict(house: House) -> House:
    ask_everybody(house)
    return house


def ask_everybody(house: House, required: bool = True) -> None:
    with house.world.act("na") as (session, na):
        requirement.require(session, na, required)


def test_staff_without_a_factor_are_led_to_set_one_up(strict: House) -> None:
    browser = strict.signed_in("lin")
    led = browser.get("/customers")
    assert (led.status_code, led.location) == (303, SECURITY)
    assert browser.fragment("/customers").headers["HX-Redirect"] == SECURITY
    assert browser.post("/preferences", data={"name": "Eve"}).status_code == 303
    assert strict.user("lin").name == "Lin Chen"
    assert "Set up an app or a passkey" in browser.get(SECURITY).text
    set_up(browser)
    assert browser.get("/customers").status_code == 200


def test_they_can_also_leave(strict: House) -> None:
    browser = strict.signed_in("lin")
    assert browser.post("/logout").location == "/login"


def test_who_is_in_already_sets_one_up_as_well(house: House) -> None:
    without, having = house.signed_in("lin"), house.signed_in("maya")
    set_up(having)
    ask_everybody(house)
    assert without.get("/customers").status_code == 303
    assert having.get("/customers").status_code == 200
    ask_everybody(house, required=False)
    assert without.get("/customers").status_code == 200


def test_people_outside_and_programs_are_not_asked(strict: House) -> None:
    assert is_open(strict.signed_in("vera"), "/portal/")
    assert strict.world.api("lin").get("/api/v1/users/me").status_code == 200


def test_the_last_factor_stays_where_one_is_asked_for(strict: House) -> None:
    browser = strict.signed_in("lin")
    set_up(browser)
    browser.post(f"{SECURITY}/app/remove")
    assert strict.count(CodeApp) == 1


def reset_path(house: House, person: str) -> str:
    return f"/settings/people/{house.world.people[person]}/factors/reset"


def test_an_administrator_takes_a_lost_factor_away(house: House) -> None:
    """A second factor lost: every trace goes, its owner is told, the audit says who did it."""
    lin = house.signed_in("lin")
    set_up(lin)
    na = house.signed_in("na")
    assert na.post(reset_path(house, "lin")).status_code == 303
    assert (house.count(CodeApp), house.count(RecoveryCode)) == (0, 0)
    assert not is_open(lin)
    assert house.enter("lin").location == "/"
    assert "administrator" in house.letters(house.email("lin"))[-1].text
    with house.world.reading() as session:
        rows = select(AuditRow).where(AuditRow.action == "second_factor_reset")
        assert session.scalars(rows).one().actor_id == house.world.people["na"]


@pytest.mark.parametrize(("person", "status"), [("maya", 403), ("vera", 404), ("lin", 403)])
def test_nobody_else_takes_it_away(house: House, person: str, status: int) -> None:
    set_up(house.signed_in("lin"))
    assert house.signed_in("rita").post(reset_path(house, "lin")).status_code == 403
    browser = house.world.client(person) if person == "lin" else house.signed_in(person)
    assert browser.post(reset_path(house, "lin")).status_code == status
    assert house.count(CodeApp) == 1


def test_not_ones_own_and_not_without_proof(house: House) -> None:
    na = house.signed_in("na")
    set_up(na)
    set_up(house.signed_in("lin"))
    assert na.post(reset_path(house, "na")).status_code == 403
    grow_stale(house, "na")
    assert na.post(reset_path(house, "lin")).location.startswith("/confirm")
    assert house.count(CodeApp) == 2
