"""Changing people: who may, and that rights go at once."""

import pytest
from sqlalchemy import select

from concord.actors import SYSTEM, Scope
from concord.audit.models import AuditRow
from concord.errors import Invalid
from concord.identity import users
from concord.identity.models import Role, Team, User
from concord.identity.permissions import Identity
from tests.concord.identity.house import PASSWORD, House, is_open
from tests.world import fingerprint


def page_of(house: House, person: str) -> str:
    return f"/settings/people/{house.world.people[person]}"


def roles(house: House, person: str) -> list[str]:
    with house.world.reading() as session:
        return users.roles_of(session, session.get_one(User, house.world.people[person]))


def test_an_administrator_changes_role_and_team(house: House) -> None:
    tom, na = house.signed_in("tom"), house.signed_in("na")
    with house.world.reading() as session:
        team = session.query(Team).filter_by(name="Finance").one().id
    given = {"name": "Tom B.", "title": "", "team_id": team, "roles": "finance", "with_roles": 1}
    assert na.post(page_of(house, "tom"), data=given).status_code == 303
    assert roles(house, "tom") == ["finance"]
    user = house.user("tom")
    assert (user.name, user.title, user.team_id) == ("Tom B.", None, team)
    assert not is_open(tom), "a new role wants a new session"


def test_the_audit_keeps_which_roles_somebody_had(house: House) -> None:
    with house.world.act("na") as (session, actor):
        tom = session.get_one(User, house.world.people["tom"])
        users.set_roles(session, actor, tom, ["finance"])
    with house.world.reading() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.row_id == house.world.people["tom"]))
        changes = [(row.actor_name, row.changes) for row in rows if "roles" in row.changes]
    assert changes[-1] == ("Li Na", {"roles": [["sales"], ["finance"]]})


def test_all_roles_can_be_taken(house: House) -> None:
    given = {"name": "Tom", "with_roles": "1"}
    assert house.signed_in("na").post(page_of(house, "tom"), data=given).status_code == 303
    assert roles(house, "tom") == []
    assert house.signed_in("tom").get("/settings/people").status_code == 403


def test_another_team_is_known_at_once(house: House) -> None:
    before = house.epoch()
    with house.world.act("na") as (session, actor):
        users.set_team(session, actor, session.get_one(User, house.world.people["lin"]), None)
    assert house.epoch() > before
    assert house.world.actor("lin").team_ids == frozenset()


def test_only_who_manages_people_sees_the_settings(house: House) -> None:
    paths = ("/settings/people", "/settings/portal", "/settings/teams", "/settings/roles")
    for person, status in (("maya", 403), ("lin", 403), ("rita", 403), ("vera", 404), ("bo", 404)):
        browser = house.signed_in(person)
        assert {browser.get(path).status_code for path in paths} == {status}, person
        assert browser.get(page_of(house, "na")).status_code == status
        given = {"name": "Tom", "roles": "administrator", "with_roles": "1"}
        assert browser.post(page_of(house, "tom"), data=given).status_code == status
        assert browser.post(f"{page_of(house, 'tom')}/disable").status_code == status
    assert roles(house, "tom") == ["sales"]


def test_who_manages_people_but_not_roles_gives_no_role(house: House) -> None:
    with house.world.act("na") as (session, _actor):
        manager = session.query(Role).filter_by(key="manager").one()
        manager.grants = {**manager.grants, Identity.USER_MANAGE.value: Scope.ALL.value}
    maya = house.signed_in("maya")
    before = fingerprint(house.world)
    given = {"name": "Maya Kaur", "roles": "administrator", "with_roles": "1"}
    assert maya.post(page_of(house, "maya"), data=given).status_code == 403
    invited = {"name": "X", "email": "x@x.example", "language": "en", "roles": "administrator"}
    assert maya.post("/settings/invite", data=invited).status_code == 403
    assert fingerprint(house.world) == before


def test_the_last_administrator_stays(any_house: House) -> None:
    given = {"name": "Li Na", "roles": "sales", "with_roles": "1"}
    na = any_house.signed_in("na")
    assert na.post(page_of(any_house, "na"), data=given).status_code == 422
    assert na.post(f"{page_of(any_house, 'na')}/disable").status_code == 422
    with any_house.world.act("na") as (session, _actor):
        only = session.get_one(User, any_house.world.people["na"])
        with pytest.raises(Invalid, match="check"):
            users.disable(session, SYSTEM, only)
    assert roles(any_house, "na") == ["administrator"]


def test_one_of_two_administrators_may_go(house: House) -> None:
    with house.world.act("na") as (session, actor):
        rita = session.get_one(User, house.world.people["rita"])
        users.set_roles(session, actor, rita, ["administrator", "read_only"])
    assert house.signed_in("rita").post(f"{page_of(house, 'na')}/disable").status_code == 303
    assert house.enter("na").status_code == 401


def test_disabling_is_asked_and_can_be_undone(house: House) -> None:
    na = house.signed_in("na")
    path = page_of(house, "tom")
    assert na.get(f"{path}/disable").status_code == 200
    assert house.user("tom").disabled_at is None, "asking does nothing"
    na.post(f"{path}/disable")
    assert house.enter("tom").status_code == 401
    assert "Enable" in na.get(path).get_data(as_text=True)
    na.post(f"{path}/enable")
    assert house.enter("tom").status_code == 303


@pytest.mark.parametrize(
    "extra", ["email", "password", "is_staff", "id", "version", "disabled_at", "grants", "language"]
)
def test_extra_fields_change_nobody(house: House, extra: str) -> None:
    """H01: neither in the settings, nor in the own profile."""
    na, lin = house.signed_in("na"), house.signed_in("lin")
    before = fingerprint(house.world)
    assert na.post(page_of(house, "tom"), data={"name": "T", extra: "1"}).status_code == 422
    if extra != "language":
        assert lin.post("/preferences", data={"name": "L", extra: "1"}).status_code == 422
    assert fingerprint(house.world) == before


@pytest.mark.parametrize("field", ["roles", "team_id", "is_administrator", "company_id"])
def test_nobody_gives_themselves_a_right(house: House, field: str) -> None:
    """H01."""
    before = fingerprint(house.world)
    for person in ("lin", "vera"):
        answer = house.signed_in(person).post("/preferences", data={"name": "Me", field: "1"})
        assert answer.status_code == 422
    assert fingerprint(house.world) == before


def test_a_role_or_team_that_is_not_there_is_said_so(house: House) -> None:
    na = house.signed_in("na")
    for given in ({"roles": "wizard"}, {"roles": "customer"}, {"team_id": "999"}):
        data = {"name": "Tom", "with_roles": "1", "roles": "sales", **given}
        assert na.post(page_of(house, "tom"), data=data).status_code == 422
    assert roles(house, "tom") == ["sales"]


def test_an_address_belongs_to_one_person(house: House) -> None:
    with house.world.act("na") as (session, actor), pytest.raises(Invalid) as caught:
        users.create(session, actor, name="Lin", email=" LIN@Beacon.example ")
    assert "email" in caught.value.errors


@pytest.mark.parametrize(
    "email",
    ["", "lin", "lin@", "@beacon.example", "a b@c.de", "a@b", "a\r\nBcc: x@y.zz", "a@b..de"],
)
def test_what_is_no_address_is_refused(house: House, email: str) -> None:
    with house.world.act("na") as (session, actor), pytest.raises(Invalid):
        users.create(session, actor, name="Lin", email=email)


def test_the_own_profile_is_changed_and_shown(house: House) -> None:
    lin = house.signed_in("lin")
    given = {
        "name": "Lin C.",
        "title": "",
        "phone": "+86 21 5555",
        "language": "zh",
        "timezone": "Europe/Berlin",
    }
    assert lin.post("/preferences", data=given).location == "/preferences"
    page = lin.get("/preferences").get_data(as_text=True)
    assert 'lang="zh-Hans"' in page
    assert "+86 21 5555" in page
    assert (house.user("lin").timezone, house.user("lin").title) == ("Europe/Berlin", None)


@pytest.mark.parametrize(
    "given", [{"name": " "}, {"name": "a\nb"}, {"timezone": "Mars/One"}, {"language": "xx"}]
)
def test_a_senseless_profile_comes_back(house: House, given: dict[str, str]) -> None:
    answer = house.signed_in("lin").post("/preferences", data=given)
    assert answer.status_code == 422
    assert house.user("lin").name == "Lin Chen"


def test_changing_the_password_wants_the_one_before(house: House) -> None:
    lin = house.signed_in("lin")
    for given in (
        {"current": "wrong", "password": "the river runs past noon"},
        {"current": PASSWORD, "password": "short"},
        {"password": "the river runs past noon"},
    ):
        assert lin.post("/preferences/password", data=given).status_code == 422
    assert house.enter("lin").status_code == 303


def test_guessing_the_password_at_an_open_screen_is_slowed(house: House) -> None:
    lin = house.signed_in("lin")
    given = {"current": "guess", "password": "the river runs past noon"}
    statuses = [lin.post("/preferences/password", data=given).status_code for _ in range(12)]
    assert statuses[-1] == 429


def test_teams_are_made_and_renamed(house: House) -> None:
    na = house.signed_in("na")
    assert na.post("/settings/teams", data={"name": "Quality"}).status_code == 303
    assert na.post("/settings/teams", data={"name": "Quality"}).status_code == 422
    with house.world.reading() as session:
        team = session.query(Team).filter_by(name="Quality").one().id
    assert na.post(f"/settings/teams/{team}", data={"name": "Care"}).status_code == 303
    assert "Care" in na.get("/settings/teams").get_data(as_text=True)
    assert na.post("/settings/teams/999", data={"name": "X"}).status_code == 404


def test_two_who_change_a_person_at_once_do_not_overwrite_each_other(house: House) -> None:
    program = house.world.api("na")
    path = f"/api/v1/users/{house.world.people['tom']}"
    tag = program.get(path).headers["ETag"]
    assert program.patch(path, json={"title": "One"}, headers={"If-Match": tag}).status_code == 200
    assert program.patch(path, json={"title": "Two"}, headers={"If-Match": tag}).status_code == 412
    assert house.user("tom").title == "One"
