"""Coming in by the door, staying, and leaving."""

import time
from statistics import median

import pytest
from sqlalchemy import select, update

from concord import clock
from concord.audit.models import AuditRow
from concord.clock import now
from concord.identity import users
from concord.identity.models import PortalMembership, SignedSession, Throttle, User
from concord.identity.sessions import COOKIE, MINUTE, SHORT
from tests.concord.identity.house import (
    OTHER,
    PASSWORD,
    House,
    cookie_of,
    forget_form_token,
    is_open,
    same_for_all,
    thief,
)

SENTENCE = "The address or the password is not right."


def test_lin_signs_in_and_is_at_her_workbench(house: House) -> None:
    browser = house.world.client()
    answer = house.enter("lin", browser=browser)
    assert (answer.status_code, answer.location) == (303, "/")
    assert browser.get("/").status_code == 200


def test_a_customer_who_signs_in_is_in_the_portal(house: House) -> None:
    answer = house.enter("vera")
    assert (answer.status_code, answer.location) == (303, "/portal/")


def test_the_address_may_be_typed_in_any_case(house: House) -> None:
    assert house.enter(" LIN@Beacon.Example ").status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(house: House) -> None:
    cookie = next(c for c in house.enter("lin").headers.getlist("Set-Cookie") if COOKIE in c)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age" not in cookie
    lasting = house.enter("lin", lasting="1")
    assert any("Max-Age" in c for c in lasting.headers.getlist("Set-Cookie") if COOKIE in c)


def test_a_wrong_password_says_one_sentence_and_keeps_the_address(house: House) -> None:
    answer = house.enter("lin", "not her password")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 401
    assert SENTENCE in page
    assert 'value="lin@beacon.example"' in page
    assert "not her password" not in page
    assert COOKIE not in str(answer.headers)


def test_a_form_without_password_comes_back(house: House) -> None:
    answer = house.enter("lin", "")
    assert answer.status_code in (401, 422)


def test_nobody_can_tell_who_has_an_account(house: House) -> None:
    """A06: unknown, known and disabled answer alike, and as slowly."""
    with house.world.act("na") as (session, actor):
        users.disable(session, actor, session.get_one(User, house.world.people["tom"]))
    answers = {
        who: house.enter(who, "not the password", address=f"198.51.{n}.1")
        for n, who in enumerate(("lin", "tom", "nobody@beacon.example"))
    }
    assert {answer.status_code for answer in answers.values()} == {401}
    assert len({same_for_all(answer.get_data(as_text=True)) for answer in answers.values()}) == 1


def test_an_unknown_address_takes_as_long_as_a_known_one(house: House) -> None:
    """A06."""
    taken: dict[str, list[float]] = {"lin": [], "nobody@beacon.example": []}
    for number in range(24):
        for person, times in taken.items():
            started = time.perf_counter()
            house.enter(person, "not the password", address=f"198.51.{number}.{len(times)}")
            times.append(time.perf_counter() - started)
            _let_time_pass(house)
    known, unknown = (median(times) for times in taken.values())
    assert abs(known - unknown) < 0.35 * max(known, unknown)


def test_a_captured_cookie_dies_with_the_sign_out(house: House) -> None:
    """A01."""
    browser = house.signed_in("lin")
    stolen = thief(house.world, cookie_of(browser))
    assert is_open(stolen)
    before = house.epoch()
    assert browser.post("/logout").location == "/login"
    assert not is_open(stolen)
    assert not is_open(browser)
    assert house.epoch() > before


def test_a_captured_cookie_dies_when_its_person_is_disabled(house: House) -> None:
    """A01."""
    browser = house.signed_in("tom")
    stolen, before = thief(house.world, cookie_of(browser)), house.epoch()
    with house.world.act("na") as (session, actor):
        users.disable(session, actor, session.get_one(User, house.world.people["tom"]))
    assert not is_open(stolen)
    assert house.epoch() > before
    with house.world.act("na") as (session, actor):
        users.enable(session, actor, session.get_one(User, house.world.people["tom"]))
    assert not is_open(stolen), "enabling somebody revives no old cookie"


def test_a_captured_cookie_dies_with_the_password(house: House) -> None:
    """A01, and whoever changes the password stays signed in where they did it."""
    browser, elsewhere = house.signed_in("lin"), house.signed_in("lin")
    given = {"current": PASSWORD, "password": OTHER}
    assert browser.post("/preferences/password", data=given).status_code == 303
    assert is_open(browser)
    assert not is_open(elsewhere)
    assert house.enter("lin").status_code == 401
    assert house.enter("lin", OTHER).status_code == 303


def test_a_disabled_administrator_does_not_enable_herself(house: House) -> None:
    """A01: neither with the cookie nor with the token she still has."""
    with house.world.act("na") as (session, actor):
        rita = session.get_one(User, house.world.people["rita"])
        users.set_roles(session, actor, rita, ["administrator"])
    browser, program = house.signed_in("rita"), house.world.api("rita")
    with house.world.act("na") as (session, actor):
        users.disable(session, actor, session.get_one(User, house.world.people["rita"]))
    path = f"/settings/people/{house.world.people['rita']}/enable"
    browser.post(path)
    program.patch(f"/api/v1/users/{house.world.people['rita']}", json={"disabled": False})
    assert house.user("rita").disabled_at is not None
    assert house.enter("rita").status_code == 401


def test_a_cookie_chosen_before_signing_in_is_not_the_one_after(house: House) -> None:
    browser = house.world.client()
    browser.set_cookie(COOKIE, "chosen by somebody else")
    house.enter("lin", browser=browser)
    assert cookie_of(browser) != "chosen by somebody else"
    assert is_open(browser)


def test_signing_in_again_ends_the_session_before(house: House) -> None:
    browser = house.signed_in("lin")
    stolen = thief(house.world, cookie_of(browser))
    forget_form_token(browser)
    house.enter("maya", browser=browser)
    assert not is_open(stolen)


def test_a_session_ends_by_itself(house: House) -> None:
    browser = house.signed_in("lin")
    with clock.telling(now() + SHORT - MINUTE):
        assert is_open(browser)
    with clock.telling(now() + SHORT + MINUTE):
        assert not is_open(browser)


def test_the_door_wants_a_form_of_ours(house: House) -> None:
    """Nobody is signed in by another site's form, as somebody else."""
    given = {"email": house.email("lin"), "password": PASSWORD}
    browser = house.world.client()
    assert browser.post("/login", data=given, plain=True).status_code == 403
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert browser.post("/login", data=given, headers=elsewhere).status_code == 403


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "///evil.example",
        "https:evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\tevil",
        "/\n/evil.example",
        " //evil.example",
        "evil.example",
        "/" + "a" * 3000,
    ],
)
def test_the_way_on_stays_in_our_house(house: House, wanted: str) -> None:
    """A12."""
    assert house.enter("lin", next=wanted).location == "/"


def test_lin_arrives_where_she_wanted_to_go(house: House) -> None:
    browser = house.world.client()
    wanted = browser.get("/settings/tokens?page=2")
    assert wanted.location == "/login?next=%2Fsettings%2Ftokens%3Fpage%3D2"
    door = browser.get(wanted.location).get_data(as_text=True)
    assert 'name="next" value="/settings/tokens?page=2"' in door
    answer = house.enter("lin", browser=browser, next="/settings/tokens?page=2")
    assert answer.location == "/settings/tokens?page=2"
    assert browser.get("/login").location == "/"


def test_a_person_who_stands_nowhere_does_not_come_in(house: House) -> None:
    with house.world.writing() as session:
        session.delete(
            session.scalars(
                select(PortalMembership).where(
                    PortalMembership.user_id == house.world.people["karl"]
                )
            ).one()
        )
        session.commit()
    assert house.enter("karl").status_code == 401


def test_signing_in_failing_and_leaving_are_in_the_audit(house: House) -> None:
    house.enter("lin", "not her password")
    house.signed_in("lin").post("/logout")
    with house.world.reading() as session:
        lines = select(AuditRow).where(AuditRow.table == "concord_users").order_by(AuditRow.id)
        said = [(row.action, row.row_id) for row in session.scalars(lines)]
        kept = str([row.changes for row in session.scalars(select(AuditRow))])
    lin = house.world.people["lin"]
    assert [line for line in said if line[1] == lin][-3:] == [
        ("sign_in_failed", lin),
        ("signed_in", lin),
        ("signed_out", lin),
    ]
    assert PASSWORD not in kept
    assert "not her password" not in kept


def test_a_visit_is_noted_once_a_minute(house: House) -> None:
    browser = house.signed_in("lin")
    with house.world.writing() as session:
        session.execute(update(SignedSession).values(last_seen_at=now() - 2 * MINUTE))
        session.commit()
    browser.get("/preferences")
    with house.world.reading() as session:
        seen = session.scalars(select(SignedSession.last_seen_at)).one()
    assert now() - seen < MINUTE
    browser.get("/preferences")
    with house.world.reading() as session:
        assert session.scalars(select(SignedSession.last_seen_at)).one() == seen


def _let_time_pass(house: House) -> None:
    """Nobody is throttled: what was counted is forgotten."""
    with house.world.writing() as session:
        session.query(Throttle).delete()
        session.commit()
