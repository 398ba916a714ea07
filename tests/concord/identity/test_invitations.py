"""Inviting: colleagues into the house, customers' and suppliers' people into the portal."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from concord import clock
from concord.actors import Face
from concord.clock import now
from concord.identity import users
from concord.identity.invitations import COLLEAGUE_CAP, VALID, withdraw
from concord.identity.models import Invitation, User
from concord.identity.users import roles_of
from concord.notifications.models import Notification
from concord.timeline.models import Entry, TimelineLink
from tests.concord.identity.house import (
    OTHER,
    PASSWORD,
    House,
    is_open,
    networks,
    same_for_all,
)
from tests.world import fingerprint

NILS = "nils@northwind.example"
NEW: dict[str, str] = {"name": "Nils Berg", "password": OTHER, "language": "en"}


def accept(house: House, path: str, **given: Any) -> Any:
    return house.world.client().post(path, data=given)


def wanted(**more: Any) -> dict[str, Any]:
    return {"name": "Nils Berg", "email": NILS, "language": "en", **more}


def facts(house: House, company: str) -> list[tuple[str, int]]:
    """The facts on a company's timeline with their audiences, oldest first."""
    query = (
        select(Entry.fact_type, TimelineLink.audience)
        .join(TimelineLink, TimelineLink.entry_id == Entry.id)
        .where(TimelineLink.record_id == house.world.records[company])
        .order_by(TimelineLink.position)
    )
    with house.world.reading() as session:
        return [(fact, audience) for fact, audience in session.execute(query)]


def test_a_new_colleague_comes_in_with_the_roles_of_the_invitation(house: House) -> None:
    browser = house.signed_in("na")
    with house.world.reading() as session:
        team = users.by_email(session, house.email("lin")).team_id  # type: ignore[union-attr]
    given = wanted(email="otto@beacon.example", roles=["sales", "read_only"], team_id=team)
    assert browser.post("/settings/invite", data=given).status_code == 303
    answer = accept(house, house.link("otto@beacon.example"), **NEW)
    assert (answer.status_code, answer.location) == (303, "/")
    otto = house.user_at("otto@beacon.example")
    assert otto is not None
    assert otto.is_staff
    assert otto.team_id == team
    with house.world.reading() as session:
        assert roles_of(session, otto) == ["sales", "read_only"]
    assert house.enter("otto", OTHER).status_code == 303


def test_who_accepts_cannot_choose_what_the_invitation_opens(house: House) -> None:
    """B08, H01: extra fields are refused and nothing changes."""
    path = house.invite("lin", "northwind", NILS)
    before = fingerprint(house.world)
    for extra in ("roles", "role_keys", "is_staff", "is_administrator", "face", "company_id", "id"):
        assert accept(house, path, **NEW, **{extra: "1"}).status_code == 422, extra
    assert fingerprint(house.world) == before
    assert accept(house, path, **NEW).status_code == 303
    nils = house.user_at(NILS)
    assert nils is not None
    assert not nils.is_staff
    assert not house.members("northwind")[NILS].is_administrator


@pytest.mark.parametrize("extra", ["roles", "is_staff", "team_id", "company_id", "user_id"])
def test_who_invites_to_the_portal_gives_no_role(house: House, extra: str) -> None:
    """B08."""
    browser = house.signed_in("lin")
    path = f"/portal-access/{house.world.records['northwind']}"
    given = wanted(face="customer", **{extra: "1"})
    assert browser.post(path, data=given).status_code == 422
    assert house.count(Invitation) == 0


def test_a_customers_person_joins_and_the_owner_is_told(house: House) -> None:
    path = house.invite("maya", "northwind", NILS, is_administrator=True)
    answer = accept(house, path, **NEW)
    assert (answer.status_code, answer.location) == (303, "/portal/")
    assert house.members("northwind")[NILS].is_administrator
    assert [fact for fact, _ in facts(house, "northwind")][-2:] == [
        "portal.invited",
        "portal.joined",
    ]
    assert {audience for _, audience in facts(house, "northwind")} == {0}, "staff only"
    with house.world.reading() as session:
        told = select(Notification.fact_type).where(
            Notification.user_id == house.world.people["lin"]
        )
        assert {"portal.invited", "portal.joined"} <= set(session.scalars(told))


def test_an_invitation_works_once(house: House) -> None:
    path = house.invite("lin", "northwind", NILS)
    assert accept(house, path, **NEW).status_code == 303
    assert accept(house, path, **NEW).status_code == 410
    assert house.world.client().get(path).status_code == 410


def test_an_invitation_works_for_a_week(house: House) -> None:
    path = house.invite("lin", "northwind", NILS)
    with clock.telling(now() + VALID + timedelta(seconds=1)):
        assert accept(house, path, **NEW).status_code == 410


def test_a_newer_invitation_takes_the_place_of_the_older(house: House) -> None:
    older = house.invite("lin", "northwind", NILS)
    newer = house.invite("lin", "northwind", NILS)
    assert accept(house, older, **NEW).status_code == 410
    assert accept(house, newer, **NEW).status_code == 303


def test_a_withdrawn_invitation_opens_nothing(house: House) -> None:
    path = house.invite("lin", "northwind", NILS)
    with house.world.act("lin") as (session, actor):
        withdraw(session, actor, session.scalars(select(Invitation)).one())
    assert accept(house, path, **NEW).status_code == 410


def test_a_guessable_password_is_refused_and_the_invitation_stays(house: House) -> None:
    path = house.invite("lin", "northwind", NILS)
    answer = accept(house, path, **{**NEW, "password": "1234567890"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "1234567890" not in page
    assert "Nils Berg" in page
    assert accept(house, path, **NEW).status_code == 303


def test_a_known_address_accepts_with_its_own_password_only(house: House) -> None:
    """Holding the mail is not enough, and no second account comes to be."""
    path = house.invite("lin", "southsea", house.email("vera"))
    assert house.email("vera") not in house.members("southsea")
    before = house.count(User)
    assert accept(house, path, **NEW).status_code in (401, 422)
    assert accept(house, path, password="not hers at all").status_code == 401
    assert house.email("vera") not in house.members("southsea")
    answer = accept(house, path, password=PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/portal/")
    assert house.email("vera") in house.members("southsea")
    assert house.count(User) == before
    assert house.enter("vera").status_code == 303, "her password is the same"


def test_guessing_the_password_of_a_known_address_is_slowed(house: House) -> None:
    path = house.invite("lin", "southsea", house.email("vera"))
    statuses = [
        house.world.client()
        .post(path, data={"password": "guess"}, environ_overrides={"REMOTE_ADDR": address})
        .status_code
        for address in networks(12)
    ]
    assert statuses[-1] == 429


def test_somebody_signed_in_accepts_at_a_touch(house: House) -> None:
    browser = house.signed_in("vera")
    path = house.invite("lin", "southsea", house.email("vera"))
    assert "Accept the invitation" in browser.get(path).get_data(as_text=True)
    assert browser.post(path).location == "/portal/"
    me = browser.get("/portal/colleagues").get_data(as_text=True)
    assert "Southsea" in me, "acts for the new company now"


def test_somebody_else_signed_in_does_not_accept_for_her(house: House) -> None:
    karl = house.signed_in("karl")
    path = house.invite("lin", "southsea", house.email("vera"))
    page = karl.get(path).get_data(as_text=True)
    assert "Karl Ott" in page
    assert karl.post(path).status_code in (401, 422)
    assert house.email("karl") not in house.members("southsea")
    assert house.email("vera") not in house.members("southsea")


def test_the_inviter_learns_nothing_of_the_address(house: House) -> None:
    """The answer, the page after it and the list of invitations are the same for all addresses."""
    browser = house.signed_in("lin")
    path = f"/portal-access/{house.world.records['northwind']}"
    answers, pages = set(), set()
    for email in (NILS, house.email("mei"), house.email("anna"), "na@beacon.example"):
        answer = browser.post(path, data=wanted(email=email, face="customer"))
        answers.add((answer.status_code, answer.location))
        page = browser.get(path).get_data(as_text=True)
        assert email in page
        with house.world.act("lin") as (session, actor):
            withdraw(session, actor, session.scalars(select(Invitation)).one())
        pages.add(_without_toast(same_for_all(page)))
    assert answers == {(303, path)}
    assert len(pages) == 1


def test_our_own_staff_do_not_become_a_customers_people(house: House) -> None:
    path = house.invite("lin", "northwind", house.email("anna"))
    assert accept(house, path, password=PASSWORD).status_code == 422
    assert house.email("anna") not in house.members("northwind")


def test_a_portal_that_the_company_does_not_use_is_refused(house: House) -> None:
    browser = house.signed_in("lin")
    path = f"/portal-access/{house.world.records['northwind']}"
    assert browser.post(path, data=wanted(face="supplier")).status_code == 422
    assert browser.post(path, data=wanted(face="staff")).status_code == 422
    assert house.count(Invitation) == 0


def test_only_a_customers_people_can_administer(house: House) -> None:
    path = house.invite("lin", "southsea", NILS, face=Face.SUPPLIER, is_administrator=True)
    accept(house, path, **NEW)
    assert not house.members("southsea")[NILS].is_administrator


def test_who_may_not_invite_does_not(house: House) -> None:
    path = f"/portal-access/{house.world.records['northwind']}"
    for person in ("sun", "emily", "rita"):
        assert house.signed_in(person).post(path, data=wanted(face="customer")).status_code == 403
    jun = house.signed_in("jun")
    assert jun.post(path, data=wanted(face="customer")).status_code == 403, "not of the team"
    assert house.signed_in("vera").post(path, data=wanted(face="customer")).status_code == 404
    assert house.count(Invitation) == 0
    assert house.signed_in("lin").post("/settings/invite", data=wanted()).status_code == 403


def test_a_customers_administrator_invites_a_colleague(house: House) -> None:
    vera = house.signed_in("vera")
    answer = vera.post("/portal/colleagues", data=wanted())
    assert answer.status_code == 303
    assert "Nils Berg" in vera.get("/portal/colleagues").get_data(as_text=True)
    assert facts(house, "northwind")[-1] == ("portal.invited", 0), "staff are told"
    assert accept(house, house.link(NILS), **NEW).status_code == 303
    membership = house.members("northwind")[NILS]
    assert (membership.face, membership.is_administrator) == ("customer", False)


@pytest.mark.parametrize("extra", ["is_administrator", "face", "company_id", "roles", "membership"])
def test_a_customers_administrator_fixes_no_role(house: House, extra: str) -> None:
    """B08, H01."""
    before = fingerprint(house.world)
    answer = house.signed_in("vera").post("/portal/colleagues", data=wanted(**{extra: "1"}))
    assert answer.status_code == 422
    assert fingerprint(house.world) == before


def test_ordinary_people_outside_invite_nobody(house: House) -> None:
    for person in ("karl", "mei", "bo"):
        answer = house.signed_in(person).post("/portal/colleagues", data=wanted())
        assert answer.status_code == 403
    assert house.count(Invitation) == 0


def test_a_company_invites_so_many_a_day(house: House) -> None:
    vera = house.signed_in("vera")
    statuses = [
        vera.post("/portal/colleagues", data=wanted(email=f"p{n}@northwind.example")).status_code
        for n in range(COLLEAGUE_CAP.most + 2)
    ]
    assert statuses.count(303) == COLLEAGUE_CAP.most
    assert statuses[-1] == 422
    assert house.count(Invitation) == COLLEAGUE_CAP.most


def test_an_administrator_withdraws_only_her_own_companys_invitations(house: House) -> None:
    house.invite("lin", "southsea", "one@southsea.example")
    house.invite("lin", "northwind", NILS)
    vera = house.signed_in("vera")
    with house.world.reading() as session:
        by_email = {one.email: one.id for one in session.scalars(select(Invitation))}
    foreign, own = by_email["one@southsea.example"], by_email[NILS]
    assert vera.post(f"/portal/colleagues/invitations/{foreign}/withdraw").status_code == 404
    assert vera.post(f"/portal/colleagues/invitations/{own}/withdraw").status_code == 303
    assert house.count(Invitation) == 1


def test_staff_see_and_end_the_access_of_a_company(house: House) -> None:
    karl, lin = house.signed_in("karl"), house.signed_in("lin")
    company = house.world.records["northwind"]
    assert "Karl Ott" in lin.get(f"/portal-access/{company}").get_data(as_text=True)
    membership = house.members("northwind")[house.email("karl")].id
    foreign = house.members("southsea")[house.email("mei")].id
    path = f"/portal-access/{company}/members"
    assert lin.post(f"{path}/{foreign}/remove").status_code == 404
    assert lin.fragment(f"{path}/{membership}/remove", method="POST").status_code == 200
    assert not is_open(karl, "/portal/profile")
    assert facts(house, "northwind")[-1] == ("portal.left", 0)


def test_who_is_shut_out_leaves_no_open_invitation_behind(house: House) -> None:
    """Neither a disabled colleague nor a customer's administrator whose access ended."""
    by_maya = house.invite("maya", "southsea", "one@southsea.example")
    house.signed_in("vera").post("/portal/colleagues", data=wanted())
    by_vera = house.link(NILS)
    membership = house.members("northwind")[house.email("vera")].id
    path = f"/portal-access/{house.world.records['northwind']}/members/{membership}/remove"
    assert house.signed_in("lin").post(path).status_code == 303
    with house.world.act("na") as (session, actor):
        users.disable(session, actor, session.get_one(User, house.world.people["maya"]))
    assert accept(house, by_vera, **NEW).status_code == 410
    assert accept(house, by_maya, **NEW).status_code == 410


def test_an_archived_company_takes_nobody_in(house: House) -> None:
    path = house.invite("lin", "northwind", NILS)
    with house.world.act("lin") as (session, _actor):
        house.world.record(session, "northwind").archived_at = now()
    assert accept(house, path, **NEW).status_code == 410
    assert house.user_at(NILS) is None


def _without_toast(page: str) -> str:
    return page.partition('id="toasts"')[0]
