"""Bearer tokens, and nothing else, open the API."""

import pytest
from sqlalchemy import select, update

from concord.actors import SYSTEM
from concord.clock import now
from concord.identity.models import ApiToken, User
from concord.identity.sessions import COOKIE, start_session
from concord.identity.tokens import add as add_token
from concord.installation import using
from tests.concord.api.sample import House, Program, Sample


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer nonsense", "Basic {token}", "{token}", "bearer x y"]
)
def test_without_a_valid_token_nobody_is_known(house: House, header: str) -> None:
    program = Program(house, "")
    program.headers = {"Authorization": header.format(token=house.tokens["maya"])}
    for path in ("/widgets", "/widgets/1", "/openapi.json", "/no-such-thing", "/notifications"):
        answer = program.get(path)
        assert answer.status_code == 401
        assert answer.mimetype == "application/problem+json"
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_in_the_address_is_refused(house: House) -> None:
    token = house.tokens["maya"]
    nobody = Program(house, "")
    nobody.headers = {}
    assert nobody.get(f"/widgets?access_token={token}").status_code == 401
    assert house.program("maya").get(f"/widgets?token={token}").status_code == 401


def test_the_cookie_of_a_browser_means_nothing_here(house: House) -> None:
    database = house.installation.database
    with house.app.test_request_context(), using(house.installation), database.writing() as session:
        user = session.get_one(User, house.users["maya"])
        cookie = start_session(session, user, None, lasting=False, device="", address="")
        session.commit()
    client = house.app.test_client()
    client.set_cookie(COOKIE, cookie)
    assert client.get("/api/v1/widgets").status_code == 401
    assert client.post("/api/v1/widgets", json={"name": "x"}).status_code == 401
    assert client.get("/api/docs").status_code == 200


def test_a_revoked_token_and_a_disabled_person_are_out_at_once(house: House) -> None:
    lin, maya = house.program("lin"), house.program("maya")
    assert lin.get("/widgets").status_code == maya.get("/widgets").status_code == 200
    database = house.installation.database
    with using(house.installation), database.writing() as session:
        mine = ApiToken.user_id == house.users["lin"]
        session.execute(update(ApiToken).where(mine).values(revoked_at=now()))
        session.execute(
            update(User).where(User.id == house.users["maya"]).values(disabled_at=now())
        )
        session.commit()
    assert lin.get("/widgets").status_code == maya.get("/widgets").status_code == 401


def test_a_token_does_what_its_scopes_say(house: House) -> None:
    """H03: a reading token does not write."""
    database = house.installation.database
    with house.app.test_request_context(), using(house.installation), database.writing() as session:
        user = session.get_one(User, house.users["maya"])
        _row, secret = add_token(session, SYSTEM, user, name="reads", scopes=[Sample.READ])
        session.commit()
    (made,) = house.make(1)
    reader = Program(house, secret)
    assert reader.get(f"/widgets/{made}").status_code == 200
    assert reader.post("/widgets", json={"name": "x"}).status_code == 403
    assert reader.patch(f"/widgets/{made}", json={"colour": "x"}).status_code == 403
    assert reader.delete(f"/widgets/{made}").status_code == 403


def test_a_token_is_noted_when_it_was_used(house: House) -> None:
    with house.program("lin").get("/widgets"):
        pass
    with using(house.installation), house.installation.database.reading() as session:
        mine = ApiToken.user_id == house.users["lin"]
        used = session.scalar(select(ApiToken.last_used_at).where(mine))
    assert used is not None
