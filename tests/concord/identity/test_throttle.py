"""Guessing gets slow, and its victim still gets in."""

import threading
from datetime import timedelta

import pytest

from concord import clock
from concord.clock import now
from concord.errors import TooMany
from concord.identity import throttle
from concord.identity.entrance import ACCOUNT, BLOCK
from concord.identity.models import Throttle
from concord.identity.throttle import Limit, block_of
from concord.installation import using
from tests.concord.identity.house import PASSWORD, House, forget_form_token, networks

THREE = Limit("test", 3, timedelta(minutes=15))


def test_twenty_guesses_at_one_account_from_twenty_networks_are_slowed(house: House) -> None:
    """A14."""
    answers = [house.enter("lin", f"guess {n}", address=a) for n, a in enumerate(networks(20))]
    assert [answer.status_code for answer in answers].count(401) == ACCOUNT.most
    refused = answers[-1]
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert 'value="lin@beacon.example"' in refused.get_data(as_text=True)
    assert house.enter("lin", address="198.51.100.1").status_code == 429, "even with her password"


def test_twenty_accounts_from_one_network_are_slowed(house: House) -> None:
    """A14: an account each, so only the network tells."""
    answers = [
        house.enter(f"person{n}@beacon.example", "guess", address=f"203.0.113.{n}")
        for n in range(20)
    ]
    assert [answer.status_code for answer in answers].count(401) == BLOCK.most
    assert house.enter("lin", address="198.51.100.1").status_code == 303, "others are not"


def test_the_victim_gets_in_from_a_device_she_used_before(house: House) -> None:
    """A14: at the same time as the attack."""
    browser = house.signed_in("lin")
    browser.post("/logout")
    forget_form_token(browser)
    for address in networks(20):
        house.enter("lin", "guess", address=address)
    assert house.enter("lin", address="198.51.100.1").status_code == 429
    assert house.enter("lin", browser=browser).status_code == 303


def test_the_victim_gets_in_everywhere_once_the_window_is_over(house: House) -> None:
    for address in networks(20):
        house.enter("lin", "guess", address=address)
    with clock.telling(now() + ACCOUNT.window):
        assert house.enter("lin", address="198.51.100.1").status_code == 303


def test_the_victim_gets_in_with_a_new_password(house: House) -> None:
    for address in networks(20):
        house.enter("lin", "guess", address=address)
    browser = house.world.client()
    browser.post("/password/forgot", data={"email": house.email("lin")})
    browser.post(house.link(house.email("lin")), data={"password": "quite another sentence"})
    assert house.enter("lin", "quite another sentence", address="198.51.100.1").status_code == 303


def test_a_known_device_may_not_guess_for_ever_either(house: House) -> None:
    browser = house.signed_in("lin")
    statuses = [house.enter("lin", "guess", browser=browser).status_code for _ in range(12)]
    assert statuses[-1] == 429


def test_a_device_known_to_one_person_is_unknown_to_another(house: House) -> None:
    browser = house.signed_in("lin")
    for address in networks(12):
        house.enter("maya", "guess", address=address)
    assert house.enter("maya", "guess", browser=browser).status_code == 429


def test_a_forged_device_is_unknown(house: House) -> None:
    browser = house.world.client()
    browser.set_cookie("concord_device", "eyJpZCI6IngiLCJhY2NvdW50cyI6W119.x.y")
    for address in networks(12):
        house.enter("lin", "guess", address=address)
    assert house.enter("lin", browser=browser).status_code == 429


def test_a_header_does_not_make_another_network(house: House) -> None:
    """A05, A14: without a proxy in front, X-Forwarded-For is only what the caller says."""
    browser = house.world.client()
    statuses = []
    for number in range(20):
        given = {"email": f"person{number}@beacon.example", "password": "guess"}
        headers = {"X-Forwarded-For": f"198.51.{number}.1", "X-Real-IP": f"198.51.{number}.1"}
        statuses.append(browser.post("/login", data=given, headers=headers).status_code)
    assert statuses[-1] == 429


def test_a_whole_office_signs_in_from_one_network(house: House) -> None:
    """What turns out well is given back."""
    people = ("lin", "anna", "maya", "jun", "zhao", "sun", "na", "tom", "vera", "karl") * 3
    assert {house.enter(person).status_code for person in people} == {303}


def test_the_address_is_not_in_the_table(house: House) -> None:
    with using(house.world.installation):
        key = ACCOUNT.of("lin@beacon.example").key
    assert "lin" not in key.removeprefix(ACCOUNT.name)


def test_fifty_attempts_at_once_are_fifty(any_house: House) -> None:
    """In one statement: no two attempts count as one, on either engine."""
    refused: list[TooMany] = []
    begin = threading.Barrier(50)

    def guess() -> None:
        with using(any_house.world.installation):
            begin.wait()
            try:
                throttle.attempt(THREE.of("lin"), Limit("wide", 100, THREE.window).of("block"))
            except TooMany as error:
                refused.append(error)

    threads = [threading.Thread(target=guess) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 47


def test_a_window_begins_anew(any_house: House) -> None:
    with using(any_house.world.installation):
        for _ in range(3):
            throttle.attempt(THREE.of("lin"))
        with pytest.raises(TooMany) as caught:
            throttle.attempt(THREE.of("lin"))
        assert 0 < caught.value.retry_after <= 15 * 60
        with clock.telling(now() + THREE.window):
            throttle.attempt(THREE.of("lin"))


def test_windows_long_over_are_swept(any_house: House) -> None:
    with using(any_house.world.installation):
        throttle.attempt(THREE.of("somebody"))
        with clock.telling(now() + timedelta(days=3)):
            throttle.attempt(THREE.of("somebody else"))
    assert any_house.count(Throttle) == 1


def test_a_failed_request_counts(any_house: House) -> None:
    """The failed request itself is rolled back; its count is not."""
    for _ in range(3):
        any_house.enter("lin", "guess")
    with using(any_house.world.installation), any_house.world.writing() as session:
        for _ in range(ACCOUNT.most - 3):
            assert throttle.count(session, ACCOUNT.of("lin@beacon.example")) == 0
        assert throttle.count(session, ACCOUNT.of("lin@beacon.example")) > 0


@pytest.mark.parametrize(
    ("address", "block"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        (None, "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_a_network_is_a_24_or_a_64(address: str | None, block: str) -> None:
    assert block_of(address) == block


def test_password_is_not_in_any_table_of_the_throttle(house: House) -> None:
    house.enter("lin", PASSWORD + "x")
    with house.world.reading() as session:
        rows = session.execute(Throttle.__table__.select()).all()
    assert rows
    assert PASSWORD not in str(rows)
