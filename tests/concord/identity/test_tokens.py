"""H03: API tokens."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from concord import clock
from concord.clock import now
from concord.errors import Invalid
from concord.identity import tokens, users
from concord.identity.models import ApiToken, User
from concord.identity.permissions import Identity
from modules.crm.permissions import Crm
from tests.concord.identity.house import House
from tests.world import Program, fingerprint


def program(house: House, secret: str) -> Program:
    return Program(house.world.app, secret)


def test_lin_makes_a_token_and_sees_it_once(house: House) -> None:
    lin = house.signed_in("lin")
    given = {"name": "Export", "scopes": [Crm.COMPANY_READ.value], "days": "30"}
    page = lin.post("/settings/tokens", data=given).get_data(as_text=True)
    secret = page.partition('value="concord_')[2].partition('"')[0]
    assert len(secret) > 40
    assert secret not in lin.get("/settings/tokens").get_data(as_text=True)
    assert program(house, f"concord_{secret}").get("/api/v1/companies").status_code == 200
    with house.world.reading() as session:
        assert secret not in str(session.execute(ApiToken.__table__.select()).all())


def test_a_token_that_may_read_does_not_write(house: House) -> None:
    reader = program(house, house.world.token("na", Crm.COMPANY_READ))
    before = fingerprint(house.world)
    company = house.world.records["northwind"]
    assert reader.get(f"/api/v1/companies/{company}").status_code == 200
    assert reader.patch(f"/api/v1/companies/{company}", json={"name": "X"}).status_code == 403
    assert reader.delete(f"/api/v1/companies/{company}").status_code == 403
    assert reader.patch(f"/api/v1/users/{house.world.people['tom']}", json={}).status_code in (
        403,
        404,
    )
    assert fingerprint(house.world) == before


def test_a_token_gives_no_more_than_its_person_has(house: House) -> None:
    secret = house.world.token("rita", Identity.USER_MANAGE, Identity.USER_READ)
    with house.world.reading() as session:
        actor = tokens.actor_of_token(session, secret)
    assert actor is not None
    assert set(actor.grants) == {Identity.USER_READ}


def test_a_token_without_scopes_may_what_its_person_may(house: House) -> None:
    with house.world.reading() as session:
        actor = tokens.actor_of_token(session, house.world.token("lin"))
    assert actor is not None
    assert actor.grants == house.world.actor("lin").grants
    assert actor.token_id is not None
    assert actor.session_id is None


def test_a_person_who_loses_a_right_loses_it_in_their_tokens(house: House) -> None:
    lin = program(house, house.world.token("lin"))
    assert lin.get("/api/v1/companies").status_code == 200
    with house.world.act("na") as (session, actor):
        users.set_roles(session, actor, session.get_one(User, house.world.people["lin"]), [])
    assert lin.get("/api/v1/companies").status_code == 403


def test_a_revoked_token_is_refused(house: House) -> None:
    secret = house.world.token("lin")
    before = house.epoch()
    with house.world.reading() as session:
        token_id = session.scalars(select(ApiToken.id)).one()
    lin = house.signed_in("lin")
    assert lin.post(f"/settings/tokens/{token_id}/revoke").status_code == 303
    assert program(house, secret).get("/api/v1/companies").status_code == 401
    assert house.epoch() > before


def test_a_token_runs_out(house: House) -> None:
    with house.world.act("lin") as (session, actor):
        lin = session.get_one(User, actor.user_id)
        end = now() + timedelta(days=30)
        _row, secret = tokens.add(session, actor, lin, name="export", expires_at=end)
    assert program(house, secret).get("/api/v1/users/me").status_code == 200
    with clock.telling(end):
        assert program(house, secret).get("/api/v1/users/me").status_code == 401


def test_the_token_of_a_disabled_person_is_refused(house: House) -> None:
    tom = house.world.api("tom")
    assert tom.get("/api/v1/users/me").status_code == 200
    with house.world.act("na") as (session, actor):
        users.disable(session, actor, session.get_one(User, house.world.people["tom"]))
    assert tom.get("/api/v1/users/me").status_code == 401


def test_a_token_in_the_address_is_refused(house: House) -> None:
    secret = house.world.token("lin")
    nobody = Program(house.world.app, None)
    for name in ("token", "access_token", "api_key"):
        assert nobody.get(f"/api/v1/companies?{name}={secret}").status_code == 401


def test_the_cookie_opens_no_api(house: House) -> None:
    assert house.signed_in("lin").get("/api/v1/companies").status_code == 401


def test_nobody_revokes_the_token_of_another(house: House) -> None:
    house.world.token("lin")
    with house.world.reading() as session:
        token_id = session.scalars(select(ApiToken.id)).one()
    assert house.signed_in("na").post(f"/settings/tokens/{token_id}/revoke").status_code == 404
    assert house.signed_in("vera").post(f"/settings/tokens/{token_id}/revoke").status_code == 404
    assert house.world.api("lin").get("/api/v1/users/me").status_code == 200


def test_a_scope_that_is_no_permission_is_said_so(house: House) -> None:
    with house.world.act("lin") as (session, actor):
        lin = session.get_one(User, actor.user_id)
        with pytest.raises(Invalid):
            tokens.add(session, actor, lin, name="x", scopes=["crm:company:fly"])
    given = {"name": "x", "scopes": "crm:company:fly"}
    assert house.signed_in("lin").post("/settings/tokens", data=given).status_code == 422


@pytest.mark.parametrize("extra", ["user_id", "membership_id", "token_hash", "expires_at"])
def test_a_token_is_made_for_oneself_only(house: House, extra: str) -> None:
    """H01."""
    answer = house.signed_in("lin").post("/settings/tokens", data={"name": "x", extra: "8"})
    assert answer.status_code == 422
    assert house.count(ApiToken) == 0


def test_use_is_noted_once_a_minute(house: House) -> None:
    house.world.token("lin")
    with house.world.writing() as session:
        token_id = session.scalars(select(ApiToken.id)).one()
        assert tokens.note_use(session, token_id)
        assert not tokens.note_use(session, token_id)
        session.commit()
