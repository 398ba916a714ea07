"""Where one is signed in: seen, and signed out from elsewhere."""

import pytest
from sqlalchemy import select

from concord.identity import device_words
from concord.identity.models import SignedSession
from tests.concord.identity.house import House, is_open

DEVICES = "/settings/devices"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)


def ids_of(house: House, person: str) -> list[int]:
    mine = SignedSession.user_id == house.world.people[person]
    with house.world.reading() as session:
        return list(
            session.scalars(select(SignedSession.id).where(mine).order_by(SignedSession.id))
        )


@pytest.mark.parametrize(
    ("said", "words", "icon"),
    [
        (FIREFOX, "Firefox on Windows", "monitor"),
        (PHONE, "Safari on iPhone", "smartphone"),
        (EDGE, "Edge on macOS", "monitor"),
        ("curl/8", "An unknown device", "monitor"),
        ("", "An unknown device", "monitor"),
    ],
)
def test_a_device_is_named_in_words(house: House, said: str, words: str, icon: str) -> None:
    with house.world.app.test_request_context():
        assert (device_words.of(said), device_words.icon(said)) == (words, icon)


@pytest.mark.parametrize("person", ["lin", "vera", "bo"])
def test_one_sees_ones_own_devices_and_signs_one_out(house: House, person: str) -> None:
    here, there = house.signed_in(person), house.signed_in(person)
    page = here.get(DEVICES).text
    assert page.count(">This device<") == 1
    first, second = ids_of(house, person)
    assert f"{DEVICES}/{second}/sign-out" in page
    assert f"{DEVICES}/{first}/sign-out" not in page
    epoch = house.epoch()
    assert here.post(f"{DEVICES}/{second}/sign-out").status_code == 303
    assert (is_open(here, DEVICES), is_open(there, DEVICES)) == (True, False)
    assert house.epoch() > epoch


def test_all_others_at_once(any_house: House) -> None:
    here, *others = (any_house.signed_in("lin") for _number in range(3))
    assert here.post(f"{DEVICES}/others/sign-out").status_code == 303
    assert is_open(here)
    assert not any(is_open(other) for other in others)


@pytest.mark.parametrize("person", ["maya", "na", "vera", "bo"])
def test_nobody_signs_somebody_else_out(house: House, person: str) -> None:
    """Not a colleague, an administrator, a customer or a supplier: not from this page."""
    theirs = house.signed_in("lin")
    browser = house.signed_in(person)
    (number,) = ids_of(house, "lin")
    assert browser.post(f"{DEVICES}/{number}/sign-out").status_code == 404
    browser.post(f"{DEVICES}/others/sign-out")
    assert is_open(theirs)
    assert f"{DEVICES}/{number}/" not in browser.get(DEVICES).text
