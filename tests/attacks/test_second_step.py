"""A15: a code twice, codes of another time, ten thousand guesses, and ways around the question."""

import pytest

from concord.clock import now, telling
from concord.errors import TooMany
from concord.identity import second_step as steps
from concord.installation import using
from tests.concord.identity.house import House, forget_form_token, is_open, networks
from tests.concord.identity.proofs import SECOND, SECURITY, Phone, first_step, second_step, set_up
from tests.world import World


@pytest.fixture
def house(world: World) -> House:
    return House(world)


@pytest.fixture
def phone(house: House) -> Phone:
    return set_up(house.signed_in("lin"))


def test_a_code_works_once(house: House, phone: Phone) -> None:
    """A15: also for whoever looked over the shoulder and is quick."""
    code = phone.code()
    assert second_step(first_step(house, "lin"), code).status_code == 303
    assert second_step(first_step(house, "lin"), code).status_code == 422
    assert second_step(first_step(house, "lin"), phone.code(1)).status_code == 303
    assert second_step(first_step(house, "lin"), code).status_code == 422


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (2, 422), (1, 303), (20, 422)])
def test_a_code_of_another_time_is_refused(
    house: House, phone: Phone, steps: int, status: int
) -> None:
    """A15: one step of drift is the phone's clock, two are somebody's notes."""
    browser, moment = first_step(house, "lin"), now()
    with telling(moment):
        assert second_step(browser, phone.code(steps, at=moment)).status_code == status


def test_guessing_ends_after_five_whatever_network_it_comes_from(
    house: House, phone: Phone
) -> None:
    """A15: the guesses of an account are counted together, then even the right code waits."""
    found = [
        second_step(first_step(house, "lin"), f"{number:06}", address).status_code
        for number, address in enumerate(networks(7))
    ]
    assert found == [422] * 5 + [429] * 2
    waiting = first_step(house, "lin")
    right = second_step(waiting, phone.code())
    assert right.status_code == 429
    assert int(right.headers["Retry-After"]) > 0
    assert not is_open(waiting, SECURITY)


def test_ten_thousand_guesses_are_never_looked_at(house: House, phone: Phone) -> None:
    """A15: past the limit a guess costs one row's update, and checks nothing."""
    user_id = house.world.people["lin"]
    refused = 0
    with using(house.world.installation):
        for _guess in range(200):
            try:
                steps.attempt(user_id)
            except TooMany:
                refused += 1
    assert refused == 195


def test_a_reset_by_mail_does_not_skip_the_second_step(house: House, phone: Phone) -> None:
    """A15: whoever reads the mail has the password, and nothing more."""
    house.world.client().post("/password/forgot", data={"email": house.email("lin")})
    link = house.link(house.email("lin"))
    browser = house.world.client()
    assert browser.post(link, data={"password": "a bridge over nine rivers"}).location == "/login"
    forget_form_token(browser)
    answer = house.enter("lin", "a bridge over nine rivers", browser=browser)
    assert answer.location == SECOND
    assert not is_open(browser, SECURITY)
    assert second_step(browser, phone.code()).status_code == 303


def test_a_second_step_that_waited_ends_with_the_password(house: House, phone: Phone) -> None:
    """Whoever had the old password and waits at the second step comes no further."""
    browser = first_step(house, "lin")
    house.world.client().post("/password/forgot", data={"email": house.email("lin")})
    house.world.client().post(
        house.link(house.email("lin")), data={"password": "a bridge over nine rivers"}
    )
    assert second_step(browser, phone.code()).status_code == 410


def test_the_second_step_of_one_is_not_the_first_of_another(house: House, phone: Phone) -> None:
    """A code proves nothing about whoever did not give the password first."""
    set_up(house.signed_in("maya"))
    browser = first_step(house, "maya")
    assert second_step(browser, phone.code()).status_code == 422
    assert second_step(browser, phone.recovery[0]).status_code == 422
