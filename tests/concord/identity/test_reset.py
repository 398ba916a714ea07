"""A new password by mail."""

import time
from datetime import timedelta
from typing import Any

import pytest

from concord import clock
from concord.clock import now
from concord.identity import users
from concord.identity.models import PasswordReset, User
from concord.identity.pages import reset as pages
from concord.identity.reset import MAILS, VALID
from tests.concord.identity.house import OTHER, House, is_open, networks, same_for_all

LIN = "lin@beacon.example"


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The even time of answers is long for tests."""
    monkeypatch.setattr(pages, "EVEN_TIME", 0.03)


def ask(house: House, email: str = LIN, address: str = "127.0.0.1", **options: Any) -> Any:
    return house.world.client().post(
        "/password/forgot",
        data={"email": email},
        environ_overrides={"REMOTE_ADDR": address},
        **options,
    )


def use(house: House, path: str, password: str = OTHER) -> int:
    """The status after setting a password with a link."""
    status: int = house.world.client().post(path, data={"password": password}).status_code
    return status


def test_lin_sets_a_new_password_and_is_signed_out_everywhere(house: House) -> None:
    browser = house.signed_in("lin")
    ask(house)
    path = house.link(LIN)
    assert LIN in house.world.client().get(path).get_data(as_text=True)
    assert use(house, path) == 303
    assert not is_open(browser)
    assert house.enter("lin").status_code == 401
    assert house.enter("lin", OTHER).status_code == 303
    assert "password" in house.letters(LIN)[-1].subject.lower(), "the owner is told"


def test_a_weak_password_leaves_the_link_usable(house: House) -> None:
    ask(house)
    path = house.link(LIN)
    assert [use(house, path, weak) for weak in ("short", "password1234", LIN)] == [422] * 3
    assert use(house, path) == 303


def test_a_link_leads_to_the_configured_address(house: House) -> None:
    """A02: whatever host the request names."""
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Server": "evil.example"}
    ask(house, headers=forged)
    assert house.world.client().get("/login", headers={"Host": "evil.example"}).status_code == 400
    assert ask(house, headers={"Host": "evil.example"}).status_code == 400
    letters = house.letters(LIN)
    assert len(letters) == 1
    assert "http://127.0.0.1:8000/password/reset/" in letters[0].text
    assert "evil" not in letters[0].text + (letters[0].html or "")


def test_a_link_works_once(house: House) -> None:
    """A03."""
    ask(house)
    path = house.link(LIN)
    assert [use(house, path), use(house, path)] == [303, 410]
    assert house.world.client().get(path).status_code == 410


def test_only_the_newest_link_works(house: House) -> None:
    """A03."""
    ask(house)
    older = house.link(LIN)
    ask(house)
    assert use(house, older) == 410
    assert use(house, house.link(LIN)) == 303


def test_a_link_works_for_an_hour(house: House) -> None:
    """A03."""
    ask(house)
    with clock.telling(now() + VALID + timedelta(seconds=1)):
        assert use(house, house.link(LIN)) == 410
    with clock.telling(now() + VALID - timedelta(minutes=1)):
        assert use(house, house.link(LIN)) == 303


def test_a_link_dies_with_the_address_it_was_sent_to(house: House) -> None:
    """A03."""
    ask(house)
    with house.world.writing() as session:
        session.get_one(User, house.world.people["lin"]).email = "lin.chen@beacon.example"
        session.commit()
    assert use(house, house.link(LIN)) == 410


def test_a_link_dies_when_its_person_is_disabled(house: House) -> None:
    """A03: and does not come back to life."""
    ask(house)
    with house.world.act("na") as (session, actor):
        users.disable(session, actor, session.get_one(User, house.world.people["lin"]))
    assert use(house, house.link(LIN)) == 410
    with house.world.act("na") as (session, actor):
        users.enable(session, actor, session.get_one(User, house.world.people["lin"]))
    assert use(house, house.link(LIN)) == 410


def test_asking_for_somebody_else_changes_nothing(house: House) -> None:
    """A04."""
    browser = house.signed_in("lin")
    ask(house)
    assert is_open(browser)
    assert house.enter("lin").status_code == 303


def test_a_thousand_requests_send_few_mails(house: House) -> None:
    """A05: for one address, from one network that says it is many."""
    statuses = [
        ask(house, headers={"X-Forwarded-For": f"198.51.{n}.1"}).status_code for n in range(30)
    ]
    assert statuses.count(200) == pages.REQUESTS.most
    assert statuses[-1] == 429
    assert len(house.letters(LIN)) == MAILS.most


def test_many_networks_send_no_more_mails(house: House) -> None:
    """A05: and nobody sees from the answer when mails have stopped."""
    answers = [ask(house, address=address) for address in networks(12)]
    assert {answer.status_code for answer in answers} == {200}
    assert len(house.letters(LIN)) == MAILS.most


def test_a_person_may_ask_again_an_hour_later(house: House) -> None:
    for address in networks(5):
        ask(house, address=address)
    with clock.telling(now() + MAILS.window):
        ask(house)
    assert len(house.letters(LIN)) == MAILS.most + 1


def test_nobody_can_tell_from_the_answer_who_has_an_account(house: House) -> None:
    """A06."""
    with house.world.act("na") as (session, actor):
        users.disable(session, actor, session.get_one(User, house.world.people["tom"]))
    emails = (LIN, "tom@beacon.example", "nobody@beacon.example")
    answers = [ask(house, email, f"198.51.{n}.1") for n, email in enumerate(emails)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({same_for_all(answer.get_data(as_text=True)) for answer in answers}) == 1
    assert [letter.to_address for letter in house.letters()] == [LIN]


def test_nobody_can_tell_from_the_time(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A06: an answer is held back until both kinds of work would be done."""
    monkeypatch.setattr(pages, "EVEN_TIME", 1.0)
    for email in (LIN, "nobody@beacon.example"):
        started = time.perf_counter()
        ask(house, email)
        assert 1.0 <= time.perf_counter() - started < 2.0


def test_a_senseless_address_is_said_so(house: House) -> None:
    answer = ask(house, "lin at beacon")
    assert answer.status_code == 422
    assert "lin at beacon" in answer.get_data(as_text=True)


@pytest.mark.parametrize("token", ["x", "%00", "a" * 5000, "../../login"])
def test_a_senseless_link_is_gone(house: House, token: str) -> None:
    assert house.world.client().get(f"/password/reset/{token}").status_code in (404, 410)


def test_the_token_is_not_kept(house: House) -> None:
    ask(house)
    token = house.link(LIN).rpartition("/")[2]
    with house.world.reading() as session:
        rows = session.execute(PasswordReset.__table__.select()).all()
    assert len(rows) == 1
    assert token not in str(rows)
