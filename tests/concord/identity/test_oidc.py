"""Signing in through a provider: a real one, from the button to the house."""

from collections.abc import Iterator

import pytest

from concord import keyring, sealed
from concord.identity.models import SignedSession
from concord.identity.oidc.models import ExternalIdentity, Provider
from concord.installation import using
from tests.concord.identity.elsewhere import come_back, known, prove, way_there
from tests.concord.identity.house import PASSWORD, House, is_open
from tests.concord.identity.proofs import SECURITY, grow_stale, second_step, set_up
from tests.servers.oidc import FakeProvider, RealProvider
from tests.servers.processes import ServerMissing

ACCOUNTS = {
    "l-1": {"email": "lin@beacon.example", "email_verified": True, "name": "Lin Chen"},
    "n-1": {"email": "nova@beacon.example", "email_verified": True, "name": "Nova Ray"},
    "s-1": {"email": "spy@elsewhere.example", "email_verified": True, "name": "Spy"},
}


@pytest.fixture(scope="module")
def real() -> Iterator[RealProvider]:
    try:
        provider = RealProvider(ACCOUNTS)
    except ServerMissing as missing:
        pytest.skip(str(missing))
    yield provider
    provider.close()


def test_an_account_is_linked_by_its_password_once(house: House, real: RealProvider) -> None:
    key = known(house, real)
    browser = house.world.client()
    asked = come_back(browser, real.signed_in(way_there(browser, key), "l-1"))
    assert "Not linked yet" in asked.text
    assert not is_open(browser)
    assert prove(browser, asked.text, "wrong").status_code == 401
    assert prove(browser, asked.text, PASSWORD).status_code == 303
    assert is_open(browser)
    again = house.world.client()
    assert come_back(again, real.signed_in(way_there(again, key), "l-1")).status_code == 303
    assert is_open(again)
    assert "through a provider" in again.get("/settings/devices").text


def test_the_button_stands_at_the_door(house: House, real: RealProvider) -> None:
    assert "Sign in with" in house.world.client().get("/login").text
    known(house, real)
    assert "Sign in with Company account" in house.world.client().get("/login").text


def test_new_colleagues_come_of_their_own_domain_only(house: House, real: RealProvider) -> None:
    key = known(house, real, makes_staff=True, role_key="read_only")
    nova, spy = house.world.client(), house.world.client()
    assert come_back(nova, real.signed_in(way_there(nova, key), "n-1")).status_code == 303
    made = house.user_at("nova@beacon.example")
    assert made is not None
    assert (made.name, made.is_staff, made.password_hash) == ("Nova Ray", True, None)
    assert nova.get("/customers").status_code == 200
    assert "Not linked yet" in come_back(spy, real.signed_in(way_there(spy, key), "s-1")).text
    assert house.user_at("spy@elsewhere.example") is None


def test_it_is_linked_and_unlinked_from_the_own_page(house: House, real: RealProvider) -> None:
    key = known(house, real)
    browser = house.signed_in("maya")
    address = real.signed_in(way_there(browser, key, f"{SECURITY}/providers"), "s-1")
    assert come_back(browser, address).location == SECURITY
    assert "spy@elsewhere.example" in browser.get(SECURITY).text
    other = house.world.client()
    assert come_back(other, real.signed_in(way_there(other, key), "s-1")).status_code == 303
    with house.world.reading() as session:
        (identity,) = session.query(ExternalIdentity).all()
    assert (
        house.signed_in("lin").post(f"{SECURITY}/providers/{identity.id}/remove").status_code == 404
    )
    assert browser.post(f"{SECURITY}/providers/{identity.id}/remove").status_code == 303
    assert house.count(ExternalIdentity) == 0


def test_the_second_factor_is_asked_after_the_provider_too(
    house: House, real: RealProvider
) -> None:
    phone = set_up(house.signed_in("lin"))
    key = known(house, real)
    browser = house.world.client()
    asked = come_back(browser, real.signed_in(way_there(browser, key), "l-1"))
    assert prove(browser, asked.text, PASSWORD).location == "/login/second"
    assert house.count(ExternalIdentity) == 0
    assert second_step(browser, phone.code()).status_code == 303
    assert house.count(ExternalIdentity) == 1
    again = house.world.client()
    back = come_back(again, real.signed_in(way_there(again, key), "l-1"))
    assert back.location == "/login/second"
    assert not is_open(again)


def test_who_has_no_password_confirms_at_the_provider(house: House, real: RealProvider) -> None:
    key = known(house, real, makes_staff=True, role_key="read_only")
    nova = house.world.client()
    come_back(nova, real.signed_in(way_there(nova, key), "n-1"))
    user = house.user_at("nova@beacon.example")
    assert user is not None
    house.world.people["nova"] = user.id
    grow_stale(house, "nova")
    asked = nova.get(f"{SECURITY}/app", follow_redirects=True).text
    assert "Sign in with Company account" in asked
    assert 'name="password"' not in asked
    for subject, opened in (("l-1", 303), ("n-1", 200)):
        there = way_there(nova, key, "/confirm/provider")
        assert "prompt=login" in there
        come_back(nova, real.signed_in(there, subject))
        assert nova.get(f"{SECURITY}/app").status_code == opened


def test_a_disabled_person_stays_out(house: House, real: RealProvider) -> None:
    key = known(house, real, makes_staff=True, role_key="read_only")
    nova = house.world.client()
    come_back(nova, real.signed_in(way_there(nova, key), "n-1"))
    user = house.user_at("nova@beacon.example")
    assert user is not None
    na = house.signed_in("na")
    assert na.post(f"/settings/people/{user.id}/disable").status_code == 303
    again = house.world.client()
    answer = come_back(again, real.signed_in(way_there(again, key), "n-1"))
    assert answer.status_code == 401
    assert not is_open(again)


def test_the_secret_is_sealed_and_survives_new_keys(house: House, real: RealProvider) -> None:
    key = known(house, real)
    with using(house.world.installation):
        keyring.add_key()
        assert sealed.renew(house.world.installation.database) >= 1
    with house.world.reading() as session:
        assert "client secret" not in str(session.query(Provider.client_secret).all())
    browser = house.world.client()
    back = come_back(browser, real.signed_in(way_there(browser, key), "l-1"))
    assert "Not linked yet" in back.text


def test_a_provider_that_is_away_is_a_sentence(house: House) -> None:
    gone = FakeProvider().start()
    key = known(house, gone)
    gone.close()
    answer = house.world.client().post("/login/with", data={"provider": key})
    assert answer.status_code == 422
    assert "could not vouch" in answer.text
    assert house.world.client().post("/login/with", data={"provider": "99"}).status_code == 404
    assert house.count(SignedSession) == 0
