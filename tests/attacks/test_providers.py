"""A07, A08, A10, A16: providers that lie, answers that were not asked for, accounts of others."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

from concord.actors import SYSTEM
from concord.identity import users
from concord.identity.models import ApiToken, SignedSession, User
from concord.identity.oidc.models import ExternalIdentity
from concord.identity.tokens import add as add_token
from tests.concord.identity.elsewhere import come_back, enter_by, known, prove, way_there
from tests.concord.identity.house import (
    PASSWORD,
    House,
    forget_form_token,
    is_open,
    same_for_all,
)
from tests.concord.identity.proofs import SECURITY, grow_stale
from tests.servers.oidc import FakeProvider
from tests.world import World


@pytest.fixture
def house(world: World) -> House:
    return House(world)


@pytest.fixture
def fake() -> Iterator[FakeProvider]:
    provider = FakeProvider().start()
    yield provider
    provider.close()


@pytest.mark.parametrize("verified", [True, False, None, "true", 1])
@pytest.mark.parametrize("person", ["na", "lin"])
def test_no_address_links_an_account(
    house: House, fake: FakeProvider, person: str, verified: Any
) -> None:
    """A07: an administrator's or a colleague's address, verified or not, from any tenant."""
    prove_address(house, person)
    fake.email, fake.verified = house.email(person), verified
    key = known(house, fake, makes_staff=True, role_key="sales")
    browser, answer = enter_by(house, fake, key)
    assert "Not linked yet" in answer.text
    assert not is_open(browser)
    assert (house.count(SignedSession), house.count(ExternalIdentity)) == (0, 0)


def test_the_same_subject_of_another_issuer_is_somebody_else(
    house: House, fake: FakeProvider
) -> None:
    """A07: people are known by issuer and subject together."""
    prove_address(house, "lin")
    key = known(house, fake)
    browser, asked = enter_by(house, fake, key)
    assert prove(browser, asked.text, PASSWORD).status_code == 303
    other = FakeProvider().start()
    try:
        stranger, answer = enter_by(house, other, known(house, other))
        assert "Not linked yet" in answer.text
        assert not is_open(stranger)
    finally:
        other.close()


def test_the_page_does_not_tell_whether_there_is_an_account(
    house: House, fake: FakeProvider
) -> None:
    """A06: somebody's address and nobody's get the same page."""
    key = known(house, fake)
    prove_address(house, "lin")
    pages = []
    for email in (house.email("lin"), "nobody@beacon.example"):
        fake.email, fake.subject = email, email
        page = enter_by(house, fake, key)[1].text
        pages.append(re.sub(r'name="key" value="[^"]+"', "", same_for_all(page)))
    assert "Not linked yet" in pages[0]
    assert pages[0].replace("%40", "@") == pages[1].replace("%40", "@")


def test_a_password_set_before_the_owner_came_is_worth_nothing(
    house: House, fake: FakeProvider
) -> None:
    """A08: an account made in advance with the victim's address, never proved."""
    with house.world.act("na") as (session, na):
        victim = users.create(
            session, SYSTEM, name="Vic", email="vic@beacon.example", password="the attacker knows"
        )
        session.flush()
        add_token(session, na, victim, name="left behind")
        victim_id = victim.id
    house.world.people["vic"] = victim_id
    attacker = house.signed_in("vic", "the attacker knows")
    fake.email = "vic@beacon.example"
    key = known(house, fake)
    browser, answer = enter_by(house, fake, key)
    assert "Not linked yet" in answer.text
    assert not is_open(browser)
    assert not is_open(attacker)
    assert house.enter("vic", "the attacker knows").status_code == 401
    with house.world.reading() as session:
        assert session.query(ApiToken).filter_by(user_id=victim_id).one().revoked_at is not None
    fresh = {"password": "a bridge over nine rivers"}
    assert browser.post(house.link(fake.email), data=fresh).location == "/login"
    forget_form_token(browser)
    assert prove(browser, answer.text, fresh["password"]).status_code == 303
    assert is_open(browser)


@pytest.mark.parametrize("email", ["vic@elsewhere.example", "vic@beacon.example"])
def test_only_a_provider_of_the_domain_disarms(
    house: House, fake: FakeProvider, email: str
) -> None:
    """A08 turned around: no provider shuts people out whose domain it does not speak for."""
    with house.world.act("na") as (session, _na):
        users.create(session, SYSTEM, name="Vic", email=email, password="the owner knows it")
    fake.email, fake.verified = email, email.endswith("elsewhere.example")
    enter_by(house, fake, known(house, fake))
    kept = house.user_at(email)
    assert kept is not None
    assert kept.password_hash is not None


CLAIMS: dict[str, dict[str, Any]] = {
    "wrong nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "wrong audience": {"aud": "somebody-else"},
    "one of several audiences": {"aud": ["concord", "evil"], "azp": "evil"},
    "wrong issuer": {"iss": "https://evil.example"},
    "no subject": {"sub": None},
    "empty subject": {"sub": ""},
    "subject that is no text": {"sub": {"a": 1}},
    "expired": {"exp": 1_000_000},
    "from tomorrow": {"iat": 9_999_999_999},
    "no end": {"exp": None},
}


def bent(values: dict[str, Any]) -> Any:
    def bend(claims: dict[str, Any]) -> None:
        for name, value in values.items():
            claims.pop(name, None)
            if value is not None:
                claims[name] = value

    return bend


@pytest.mark.parametrize("case", CLAIMS)
def test_a_token_that_is_not_exactly_right_is_refused(
    house: House, fake: FakeProvider, case: str
) -> None:
    """A10: and no session comes of it."""
    key = linked(house, fake)
    fake.bend = bent(CLAIMS[case])
    refused(house, *enter_by(house, fake, key))


@pytest.mark.parametrize("lie", ["alg none", "client secret", "another key"])
def test_a_token_that_is_not_signed_by_the_provider_is_refused(
    house: House, fake: FakeProvider, lie: str
) -> None:
    """A10: `alg=none`, a signature by the client's own secret, a key it does not publish."""
    key = linked(house, fake)
    fake.lie = lie
    refused(house, *enter_by(house, fake, key))


def test_a_state_is_used_once_and_by_its_own_browser(house: House, fake: FakeProvider) -> None:
    """A10: missing, foreign, invented and used states."""
    key = linked(house, fake)
    mine, theirs = house.world.client(), house.world.client()
    address = fake.signed_in(way_there(mine, key))
    refused(house, theirs, come_back(theirs, address))
    refused(house, mine, mine.post("/login/callback", data={"code": "a-code"}))
    refused(house, mine, mine.post("/login/callback", data={"code": "a-code", "state": "x"}))
    asked = len(fake.tokens_asked)
    assert come_back(mine, address).status_code == 303
    mine.post("/logout")
    forget_form_token(mine)
    refused(house, mine, come_back(mine, address))
    assert len(fake.tokens_asked) == asked + 1


def test_another_issuer_in_the_answer_is_refused(house: House, fake: FakeProvider) -> None:
    """A10: the mix-up of two providers (RFC 9207), also where the answer leaves it out."""
    key = linked(house, fake)
    for said in ("https://evil.example", ""):
        browser = house.world.client()
        refused(
            house, browser, come_back(browser, fake.signed_in(way_there(browser, key), iss=said))
        )
    assert fake.tokens_asked == []


def test_the_code_goes_with_its_verifier(house: House, fake: FakeProvider) -> None:
    """A10: a stolen code is worth nothing without what only we know (PKCE)."""
    key = linked(house, fake)
    browser = house.world.client()
    there = way_there(browser, key)
    assert "code_challenge_method=S256" in there
    come_back(browser, fake.signed_in(there))
    (asked,) = fake.tokens_asked
    assert len(asked["code_verifier"][0]) >= 43
    assert asked["code_verifier"][0] not in there


def test_user_information_of_somebody_else_is_refused(house: House, fake: FakeProvider) -> None:
    """A10: the address must be of the person in the token."""
    key = linked(house, fake)
    fake.bend = bent({"email": None})
    fake.information = {"sub": "somebody else", "email": "na@beacon.example"}
    refused(house, *enter_by(house, fake, key))


@pytest.mark.parametrize("said", [{"issuer": "https://evil.example"}, {"token_endpoint": None}])
def test_a_provider_that_is_not_what_it_says_is_never_asked(
    house: House, fake: FakeProvider, said: dict[str, Any]
) -> None:
    """A10: its own description must be its own, and whole."""
    fake.about = said
    key = known(house, fake)
    assert house.world.client().post("/login/with", data={"provider": key}).status_code == 422


def test_a_link_begun_by_one_is_not_finished_by_another(house: House, fake: FakeProvider) -> None:
    """A16: an attacker's half sign-in, sent to somebody who is signed in, links nothing."""
    key = known(house, fake)
    attacker, victim = house.signed_in("rita"), house.signed_in("na")
    address = fake.signed_in(way_there(attacker, key, f"{SECURITY}/providers"))
    come_back(victim, address)
    assert house.count(ExternalIdentity) == 0


@pytest.mark.parametrize(("ago", "opened"), [(None, 303), (3600, 303), (5, 200)])
def test_an_old_sign_in_there_confirms_nothing_here(
    house: House, fake: FakeProvider, ago: int | None, opened: int
) -> None:
    """The provider must have asked just now, and say so."""
    key = linked(house, fake)
    browser = house.signed_in("lin")
    grow_stale(house, "lin")
    fake.bend = bent({"auth_time": None if ago is None else int(time.time()) - ago})
    come_back(browser, fake.signed_in(way_there(browser, key, "/confirm/provider")))
    assert browser.get(f"{SECURITY}/app").status_code == opened


def test_the_way_back_changes_nothing_by_itself(house: House, fake: FakeProvider) -> None:
    """A16: GET only shows a form; a form of another site is refused."""
    key = linked(house, fake)
    browser = house.world.client()
    address = fake.signed_in(way_there(browser, key))
    browser.get(address.removeprefix("http://127.0.0.1:8000"))
    assert (house.count(SignedSession), fake.tokens_asked) == (0, [])
    foreign = {"Sec-Fetch-Site": "cross-site"}
    for path in ("/login/with", "/login/callback", "/login/link", f"{SECURITY}/providers"):
        answer = browser.post(path, data={"provider": key}, headers=foreign)
        assert answer.status_code in (302, 403), path
        assert browser.post(path, data={"provider": key}, plain=True).status_code in (302, 403)


def linked(house: House, fake: FakeProvider) -> str:
    """The provider is known, and what it vouches for is Lin's."""
    key = known(house, fake)
    with house.world.writing() as session:
        session.add(
            ExternalIdentity(
                user_id=house.world.people["lin"], issuer=fake.issuer, subject=fake.subject
            )
        )
        session.commit()
    return key


def prove_address(house: House, person: str) -> None:
    """The owner of the address has shown that it is theirs, as after an invitation."""
    with house.world.writing() as session:
        user = session.get_one(User, house.world.people[person])
        user.email_proved_at = user.created_at
        session.commit()


def refused(house: House, browser: Any, answer: Any) -> None:
    assert answer.status_code in (401, 410, 422), answer.status_code
    assert not is_open(browser)
    assert house.count(SignedSession) == 0
