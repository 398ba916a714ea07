"""The second factor: set up by whoever wants one, asked at every door, never skipped."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from concord.audit.models import AuditRow
from concord.clock import now, telling
from concord.identity.factors.models import CodeApp, RecoveryCode, TrustedDevice
from concord.identity.models import SignedSession
from tests.concord.identity.house import OTHER, House, forget_form_token, is_open
from tests.concord.identity.proofs import (
    SECOND,
    SECURITY,
    first_step,
    offered,
    recovery_codes,
    second_step,
    set_up,
)


def test_an_app_is_set_up_only_with_the_code_it_shows(house: House) -> None:
    browser = house.signed_in("lin")
    secret, sealed = offered(browser.get(f"{SECURITY}/app").text)
    again = browser.post(f"{SECURITY}/app", data={"offered": sealed, "code": "000000"})
    assert again.status_code == 422
    assert offered(again.text)[0] == secret
    assert house.count(CodeApp) == 0
    assert len(set_up(browser).recovery) == 10
    assert house.count(CodeApp) == 1


def test_nobody_sets_up_what_was_offered_to_somebody_else(house: House) -> None:
    """The square is sealed for whom it was made, and only for half an hour."""
    _secret, sealed = offered(house.signed_in("maya").get(f"{SECURITY}/app").text)
    mine = house.signed_in("lin")
    assert (
        mine.post(f"{SECURITY}/app", data={"offered": sealed, "code": "123456"}).status_code == 422
    )
    assert mine.post(f"{SECURITY}/app", data={"offered": "x", "code": "1"}).status_code == 422
    assert house.count(CodeApp) == 0


def test_the_secret_is_nowhere_in_the_database(any_house: House) -> None:
    phone = set_up(any_house.signed_in("lin"))
    with any_house.world.reading() as session:
        kept = session.scalars(select(CodeApp.secret)).one()
        audit = str(session.scalars(select(AuditRow.changes)).all())
        hashes = set(session.scalars(select(RecoveryCode.code_hash)))
    assert kept.startswith("sealed:")
    assert phone.secret not in kept + audit
    assert not hashes & set(phone.recovery)


@pytest.mark.parametrize("person", ["lin", "vera", "bo"])
def test_the_second_step_stands_between_password_and_house(house: House, person: str) -> None:
    """For staff, a customer's people and a supplier's."""
    phone = set_up(house.signed_in(person))
    before = house.count(SignedSession)
    browser = first_step(house, person)
    assert not is_open(browser, SECURITY)
    assert house.count(SignedSession) == before
    assert "One-time" not in browser.get(SECOND).text
    assert second_step(browser, "123 456").status_code == 422
    assert not is_open(browser, SECURITY)
    answer = second_step(browser, phone.code())
    assert answer.status_code == 303
    assert is_open(browser, SECURITY)


def test_without_a_first_step_there_is_no_second(house: House) -> None:
    phone = set_up(house.signed_in("lin"))
    stranger = house.world.client()
    assert stranger.get(SECOND).status_code == 410
    assert second_step(stranger, phone.code()).status_code == 410
    first = first_step(house, "lin").get_cookie("concord_second", path="/")
    assert first is not None
    stranger.set_cookie("concord_second", first.value)
    assert second_step(stranger, phone.code()).status_code == 410


def test_the_second_step_waits_ten_minutes_and_is_used_once(house: House) -> None:
    phone = set_up(house.signed_in("lin"))
    browser = first_step(house, "lin")
    kept = browser.get_cookie("concord_second")
    assert kept is not None
    with telling(now() + timedelta(minutes=11)):
        assert second_step(browser, phone.code()).status_code == 410
    browser = first_step(house, "lin")
    kept = browser.get_cookie("concord_second")
    assert second_step(browser, phone.code()).status_code == 303
    browser.post("/logout")
    forget_form_token(browser)
    browser.set_cookie("concord_second", kept.value if kept else "")
    assert second_step(browser, phone.code(1)).status_code == 410


def test_a_recovery_code_lets_in_once_and_its_owner_is_told(any_house: House) -> None:
    """A second factor lost: no phone, but the paper."""
    phone = set_up(any_house.signed_in("lin"))
    code = phone.recovery[0]
    assert (
        second_step(first_step(any_house, "lin"), code.upper().replace("-", " ")).status_code == 303
    )
    assert second_step(first_step(any_house, "lin"), code).status_code == 422
    assert "recovery code was used" in any_house.letters(any_house.email("lin"))[-1].text


def test_new_recovery_codes_take_the_place_of_the_old(house: House) -> None:
    browser = house.signed_in("lin")
    phone = set_up(browser)
    fresh = recovery_codes(browser.post(f"{SECURITY}/codes").text)
    assert len(fresh) == 10
    assert second_step(first_step(house, "lin"), phone.recovery[0]).status_code == 422
    assert second_step(first_step(house, "lin"), fresh[0]).status_code == 303


def test_another_persons_codes_open_nothing(house: House) -> None:
    theirs, mine = set_up(house.signed_in("maya")), set_up(house.signed_in("lin"))
    browser = first_step(house, "lin")
    for code in (theirs.code(), theirs.recovery[0]):
        assert second_step(browser, code).status_code == 422
    assert second_step(browser, mine.code()).status_code == 303


def test_a_trusted_device_is_not_asked_until_the_trust_ends(house: House) -> None:
    phone = set_up(house.signed_in("lin"))
    browser = first_step(house, "lin")
    second_step(browser, phone.code(), trusted="1")
    browser.post("/logout")
    forget_form_token(browser)
    assert house.enter("lin", browser=browser).location == "/"
    with house.world.reading() as session:
        device = session.scalars(select(TrustedDevice)).one()
    assert browser.post(f"{SECURITY}/trusted/{device.id}/forget").status_code == 303
    browser.post("/logout")
    forget_form_token(browser)
    assert house.enter("lin", browser=browser).location == SECOND


def test_trust_belongs_to_one_person_and_ends_with_the_password(house: House) -> None:
    phone, _theirs = set_up(house.signed_in("lin")), set_up(house.signed_in("maya"))
    browser = first_step(house, "lin")
    second_step(browser, phone.code(), trusted="1")
    assert house.enter("maya", browser=browser).location == SECOND
    first_step(house, "lin", house.world.client())
    assert house.enter("lin", browser=browser).location == "/"
    changed = {"current": "a lamp in every window", "password": OTHER}
    assert browser.post("/preferences/password", data=changed).status_code == 303
    browser.post("/logout")
    forget_form_token(browser)
    assert house.enter("lin", OTHER, browser=browser).location == SECOND


def test_nobody_forgets_a_device_of_somebody_else(house: House) -> None:
    phone = set_up(house.signed_in("lin"))
    second_step(first_step(house, "lin"), phone.code(), trusted="1")
    with house.world.reading() as session:
        device = session.scalars(select(TrustedDevice)).one()
    others = house.signed_in("maya")
    assert others.post(f"{SECURITY}/trusted/{device.id}/forget").status_code == 404
    assert house.count(TrustedDevice) == 1


def test_removing_the_last_factor_takes_its_codes_along(house: House) -> None:
    browser = house.signed_in("lin")
    set_up(browser)
    assert browser.post(f"{SECURITY}/app/remove").status_code == 303
    assert (house.count(CodeApp), house.count(RecoveryCode)) == (0, 0)
    assert house.enter("lin").location == "/"
    assert "removed" in house.letters(house.email("lin"))[-1].text


def test_the_page_says_what_is_set_up_in_both_languages(house: House) -> None:
    browser = house.signed_in("vera")
    assert "Your account" in browser.get(SECURITY).text
    set_up(browser)
    assert "10 of 10 left" in browser.get(SECURITY).text
    browser.post("/preferences/language", data={"language": "zh"})
    assert "还剩 10 个" in browser.get(SECURITY).text


def test_an_invitation_is_no_way_around_the_second_step(house: House) -> None:
    phone = set_up(house.signed_in("vera"))
    link = house.invite("lin", "southsea", house.email("vera"))
    browser = house.world.client()
    browser.get(link)
    answer = browser.post(link, data={"password": "a lamp in every window"})
    assert answer.location == SECOND
    assert house.email("vera") not in house.members("southsea")
    assert second_step(browser, phone.code()).location == link
    assert browser.post(link).status_code == 303
    assert house.email("vera") in house.members("southsea")
