"""B07: moving an account to another address, never somebody else's account."""

from datetime import timedelta
from typing import Any

import pytest

from concord import clock
from concord.clock import now
from concord.identity.email_change import MAILS, VALID
from tests.concord.identity.house import PASSWORD, House, path_in, same_for_all
from tests.world import Browser, fingerprint

NEW = "vera.holm@elsewhere.example"


def ask(browser: Browser, email: str = NEW, current: str = PASSWORD, **more: str) -> Any:
    return browser.post("/preferences/email", data={"email": email, "current": current, **more})


def test_the_new_address_confirms_and_the_old_one_is_told_twice(house: House) -> None:
    vera, old = house.signed_in("vera"), house.email("vera")
    assert ask(vera).location == "/portal/profile"
    assert house.user("vera").email == old, "nothing changes before the new address says so"
    assert NEW in house.letters(old)[-1].text
    anybody = house.world.client()
    assert anybody.get(house.link(NEW)).status_code == 200
    assert house.user("vera").email == old, "looking changes nothing"
    assert anybody.post(house.link(NEW)).location == "/login"
    assert house.user("vera").email == NEW
    assert NEW in house.letters(old)[-1].text
    assert len(house.letters(old)) == 2
    assert house.enter(NEW).status_code == 303
    assert house.enter(old).status_code == 401


def test_the_password_is_asked_again(house: House) -> None:
    """A session left open, or stolen, is not enough."""
    vera = house.signed_in("vera")
    assert ask(vera, current="wrong").status_code == 422
    assert vera.post("/preferences/email", data={"email": NEW}).status_code == 422
    assert house.letters() == []


def test_a_reset_link_to_the_old_address_dies_with_the_move(house: House) -> None:
    """Changing the address and then asking for a password takes over nothing."""
    old = house.email("vera")
    ask(house.signed_in("vera"))
    house.world.client().post("/password/forgot", data={"email": old})
    reset = path_in(house.letters(old)[-1].text)
    house.world.client().post(house.link(NEW))
    assert house.world.client().get(reset).status_code == 410


def test_a_link_confirms_once_and_only_the_newest_does(house: House) -> None:
    vera = house.signed_in("vera")
    ask(vera)
    older = house.link(NEW)
    ask(vera, "vera@third.example")
    assert house.world.client().post(older).status_code == 410
    newest = house.link("vera@third.example")
    statuses = [house.world.client().post(newest).status_code for _ in range(2)]
    assert statuses == [303, 410]
    assert house.user("vera").email == "vera@third.example"


def test_a_link_confirms_for_an_hour(house: House) -> None:
    ask(house.signed_in("vera"))
    with clock.telling(now() + VALID + timedelta(seconds=1)):
        assert house.world.client().post(house.link(NEW)).status_code == 410


def test_a_new_password_stops_a_move(house: House) -> None:
    """What the owner does when she reads that her account is about to move."""
    vera = house.signed_in("vera")
    ask(vera)
    given = {"current": PASSWORD, "password": "the river runs past noon"}
    vera.post("/preferences/password", data=given)
    assert house.world.client().post(house.link(NEW)).status_code == 410


def test_an_address_of_somebody_else_is_not_taken_and_not_told(house: House) -> None:
    vera = house.signed_in("vera")
    answers = [ask(vera, house.email("lin")), ask(vera, "free@elsewhere.example")]
    assert {(one.status_code, one.location) for one in answers} == {(303, "/portal/profile")}
    assert house.letters(house.email("lin")) == []
    assert len({same_for_all(one.get_data(as_text=True)) for one in answers}) == 1


def test_an_address_taken_meanwhile_stays_with_its_owner(house: House) -> None:
    ask(house.signed_in("vera"))
    ask(house.signed_in("karl"))
    vera, karl = (path_in(letter.text) for letter in house.letters(NEW))
    assert house.world.client().post(karl).status_code == 303
    assert house.world.client().post(vera).status_code == 410
    assert house.user("vera").email == house.email("vera")


def test_nobody_is_flooded_with_links(house: House) -> None:
    vera = house.signed_in("vera")
    statuses = [ask(vera, f"victim{n}@elsewhere.example").status_code for n in range(7)]
    assert statuses.count(303) == MAILS.most
    assert statuses[-1] == 429


@pytest.mark.parametrize("extra", ["user_id", "id", "membership_id", "name"])
def test_nobody_moves_another_account(house: House, extra: str) -> None:
    mei = str(house.world.people["mei"])
    before = fingerprint(house.world)
    assert ask(house.signed_in("vera"), **{extra: mei}).status_code == 422
    assert fingerprint(house.world) == before


def test_a_program_of_a_customer_changes_nobody(house: House) -> None:
    """Others are 404, and there is no way round the confirmation for oneself."""
    program, before = house.world.api("vera"), fingerprint(house.world)
    for person in ("vera", "karl", "mei", "lin"):
        path = f"/api/v1/users/{house.world.people[person]}"
        assert program.patch(path, json={"email": NEW}).status_code in (403, 404)
    assert fingerprint(house.world) == before


def test_an_administrator_cannot_move_an_account_either(house: House) -> None:
    program = house.world.api("na")
    path = f"/api/v1/users/{house.world.people['vera']}"
    assert program.patch(path, json={"email": NEW}).status_code == 422
    assert house.user("vera").email == house.email("vera")
