"""Acting for a company: switching, and losing it at once."""

import pytest

from concord.actors import Face
from concord.identity import memberships
from concord.identity.models import PortalMembership, User
from concord.parties.models import Party
from tests.concord.identity.house import House, cookie_of, is_open, thief

PAGE = "/portal/profile"


def second_company(house: House, person: str) -> PortalMembership:
    """Lets a person act for Southsea too, as a supplier."""
    with house.world.act("lin") as (session, actor):
        company = session.get_one(Party, house.world.records["southsea"])
        user = session.get_one(User, house.world.people[person])
        return memberships.add(session, actor, user, company, Face.SUPPLIER)


def test_an_administrator_ends_a_colleagues_access(house: House) -> None:
    vera, karl = house.signed_in("vera"), house.signed_in("karl")
    stolen, before = thief(house.world, cookie_of(karl)), house.epoch()
    membership = house.members("northwind")[house.email("karl")].id
    assert vera.post(f"/portal/colleagues/{membership}/remove").status_code == 303
    assert not is_open(karl, PAGE)
    assert not is_open(stolen, PAGE)
    assert house.epoch() > before
    assert house.enter("karl").status_code == 401


def test_an_api_token_dies_with_the_access_it_was_made_for(house: House) -> None:
    program = house.world.api("karl")
    assert program.get("/api/v1/users/me").status_code == 200
    membership = house.members("northwind")[house.email("karl")].id
    house.signed_in("vera").post(f"/portal/colleagues/{membership}/remove")
    assert program.get("/api/v1/users/me").status_code == 401


def test_nobody_ends_access_beyond_their_company(house: House) -> None:
    """404 for people of other companies, 403 for oneself and for those who may not."""
    vera = house.signed_in("vera")
    mei = house.members("southsea")[house.email("mei")].id
    own = house.members("northwind")[house.email("vera")].id
    karl = house.members("northwind")[house.email("karl")].id
    assert vera.post(f"/portal/colleagues/{mei}/remove").status_code == 404
    assert vera.post(f"/portal/colleagues/{own}/remove").status_code == 403
    assert vera.post("/portal/colleagues/999999/remove").status_code == 404
    assert house.signed_in("karl").post(f"/portal/colleagues/{karl}/remove").status_code == 403
    assert house.signed_in("lin").post(f"/portal/colleagues/{karl}/remove").status_code == 404
    assert len(house.members("northwind")) == 2


def test_one_person_acts_for_one_company_at_a_time_and_can_switch(house: House) -> None:
    second = second_company(house, "vera")
    vera = house.signed_in("vera")
    page = vera.get(PAGE).get_data(as_text=True)
    assert "Northwind" in page
    assert "Southsea" in page, "offered in the menu"
    answer = vera.post("/preferences/membership", data={"membership_id": second.id})
    assert answer.location == "/portal/"
    names = vera.get("/portal/colleagues").get_data(as_text=True)
    assert "Bo Larsen" in names
    assert "Mei Fang" not in names, "suppliers do not see the customers of the same company"
    assert "Karl Ott" not in names


def test_next_time_she_acts_for_the_company_she_acted_for_last(house: House) -> None:
    second = second_company(house, "vera")
    vera = house.signed_in("vera")
    vera.post("/preferences/membership", data={"membership_id": second.id})
    again = house.signed_in("vera")
    assert "Bo Larsen" in again.get("/portal/colleagues").get_data(as_text=True)


@pytest.mark.parametrize("wanted", ["", "x", "-1", "9" * 30])
def test_nobody_acts_for_a_company_that_is_not_theirs(house: House, wanted: str) -> None:
    vera = house.signed_in("vera")
    mei = str(house.members("southsea")[house.email("mei")].id)
    for membership in (mei, wanted):
        answer = vera.post("/preferences/membership", data={"membership_id": membership})
        assert 400 <= answer.status_code < 500
    assert "Karl Ott" in vera.get("/portal/colleagues").get_data(as_text=True)


def test_losing_one_company_leaves_the_other(house: House) -> None:
    second_company(house, "karl")
    membership = house.members("northwind")[house.email("karl")].id
    house.signed_in("vera").post(f"/portal/colleagues/{membership}/remove")
    karl = house.signed_in("karl")
    assert "Bo Larsen" in karl.get("/portal/colleagues").get_data(as_text=True)
