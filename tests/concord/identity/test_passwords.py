"""Which passwords are taken, and how they are kept."""

import pytest
from argon2 import PasswordHasher

from concord.errors import Invalid
from concord.identity import passwords
from concord.identity.models import User
from tests.concord.identity.house import PASSWORD, House

LIN = "lin.chen@beacon.example"


@pytest.mark.parametrize(
    "password",
    [
        "a lamp in every window",
        "灯火阑珊处，那人却在。",
        "correct-horse-9",
        "x" * 5 + "yzabc",
    ],
)
def test_sentences_are_good_passwords(house: House, password: str) -> None:
    with house.world.app.test_request_context():
        passwords.check_new(password, email=LIN)
    assert passwords.matches(passwords.hashed(password), password)


@pytest.mark.parametrize(
    "password", ["", "short", "1234567890", "PassWord123", "aaaaaaaaaaaa", LIN, "x" * 300]
)
def test_what_everybody_would_try_is_refused(house: House, password: str) -> None:
    with house.world.app.test_request_context(), pytest.raises(Invalid):
        passwords.check_new(password, email=LIN)


def test_the_own_address_is_no_password(house: House) -> None:
    with house.world.app.test_request_context(), pytest.raises(Invalid):
        passwords.check_new("Lin.Chen-Beacon", email="lin.chen-beacon@beacon.example")


def test_nothing_kept_matches_nothing() -> None:
    assert not passwords.matches(None, "a password that nobody has")
    assert not passwords.matches("not a hash", "anything at all")


def test_it_does_not_matter_how_the_keyboard_composed_a_letter() -> None:
    assert passwords.matches(passwords.hashed("cafe\u0301 de la gare"), "caf\u00e9 de la gare")


def test_a_hash_of_older_days_is_made_anew_at_the_next_sign_in(house: House) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    with house.world.writing() as session:
        session.get_one(User, house.world.people["lin"]).password_hash = old
        session.commit()
    assert house.enter("lin").status_code == 303
    assert house.user("lin").password_hash != old
    assert house.enter("lin").status_code == 303
