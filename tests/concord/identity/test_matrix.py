"""Roles are made, copied, changed and removed by who may; what changes is shown before it is."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from concord.actors import Face, Scope
from concord.audit.models import AuditRow
from concord.identity import permission_words as words
from concord.identity import users
from concord.identity.models import Role, User
from concord.identity.permissions import Identity
from concord.identity.roles import ADMINISTRATOR, STANDARD
from tests.concord.identity.house import House
from tests.world import Browser, World

HOME = "/settings/roles"
WRITE = "crm:company:write"


def role_of(world: World, key: str) -> Role:
    with world.reading() as session:
        return session.scalars(select(Role).where(Role.key == key)).one()


def named(world: World, name: str) -> Role | None:
    with world.reading() as session:
        return session.scalars(select(Role).where(Role.name == name)).one_or_none()


def reviewed(browser: Browser, role: Role, **changed: str) -> dict[str, object]:
    """What the page that shows the changes would send on."""
    sent = {**role.grants, "fields": role.field_groups, **changed}
    page = browser.post(f"{HOME}/{role.id}/review", data=sent)
    assert page.status_code == 200, page.text
    found: dict[str, object] = {}
    for name, value in re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text
    ):
        found.setdefault(name, []).append(unescape(value))  # type: ignore[attr-defined]
    return found


def save(browser: Browser, role: Role, **changed: str) -> int:
    sent = reviewed(browser, role, **changed)
    return int(browser.post(f"{HOME}/{role.id}", data=sent).status_code)


def make(browser: Browser, name: str, like: Role | None = None) -> int:
    answer = browser.post(HOME, data={"name": name, "like": "" if like is None else like.id})
    assert answer.status_code == 303, answer.text
    return int(answer.location.rpartition("/")[2])


def test_a_change_is_shown_then_saved_then_counts(world: World) -> None:
    na, sales = world.client("na"), role_of(world, "sales")
    page = na.post(f"{HOME}/{sales.id}/review", data={WRITE: "own"}).text
    assert re.search(r"The team.*s</del> → <ins>Own", page)
    assert role_of(world, "sales").grants[WRITE] == "team"
    assert save(na, sales, **{WRITE: "own"}) == 303
    assert world.actor("lin").grants[WRITE] is Scope.OWN


def test_what_is_taken_away_is_gone_at_once_and_audited(world: World) -> None:
    na, sales = world.client("na"), role_of(world, "sales")
    lin = world.client("lin")
    assert lin.get("/customers/new").status_code == 200
    assert save(na, sales, **{WRITE: "none"}) == 303
    assert lin.get("/customers/new").status_code == 403
    with world.reading() as session:
        row = session.scalars(
            select(AuditRow).where(AuditRow.table == "concord_roles").order_by(AuditRow.id.desc())
        ).first()
    assert row is not None
    assert (row.actor_name, row.row_id) == ("Li Na", sales.id)


def test_of_two_who_change_at_once_the_second_looks_again(world: World) -> None:
    na, sales = world.client("na"), role_of(world, "sales")
    stale = reviewed(na, sales, **{WRITE: "own"})
    assert save(na, sales, **{"tasks:task:write": "own"}) == 303
    assert na.post(f"{HOME}/{sales.id}", data=stale).status_code == 409
    assert role_of(world, "sales").grants[WRITE] == "team"


def test_a_copy_has_the_same_rights_and_is_the_houses_own(world: World) -> None:
    na, sales = world.client("na"), role_of(world, "sales")
    role_id = make(na, "Key accounts", sales)
    made = named(world, "Key accounts")
    assert made is not None
    assert (made.id, made.grants, made.face) == (role_id, sales.grants, "staff")
    assert na.post(f"{HOME}/{role_id}/rename", data={"name": "Großkunden"}).status_code == 303
    assert named(world, "Großkunden") is not None


def test_two_roles_have_two_names(world: World) -> None:
    na = world.client("na")
    make(na, "Key accounts")
    for taken in ("Key accounts", "Sales"):
        assert na.post(HOME, data={"name": taken, "like": ""}).status_code == 422


def test_a_role_is_removed_once_nobody_has_it(world: World) -> None:
    na = world.client("na")
    role_id = make(na, "Key accounts", role_of(world, "sales"))
    made = named(world, "Key accounts")
    assert made is not None
    with world.act("na") as (session, actor):
        tom = session.get_one(User, world.people["tom"])
        users.set_roles(session, actor, tom, [made.key])
    assert na.post(f"{HOME}/{role_id}/remove").status_code == 422
    with world.act("na") as (session, actor):
        tom = session.get_one(User, world.people["tom"])
        users.set_roles(session, actor, tom, ["sales"])
    assert na.post(f"{HOME}/{role_id}/remove").status_code == 303
    assert named(world, "Key accounts") is None


def test_a_role_that_somebody_is_invited_to_stays(world: World) -> None:
    na = world.client("na")
    role_id = make(na, "Key accounts", role_of(world, "sales"))
    made = named(world, "Key accounts")
    assert made is not None
    sent = {"name": "Nils", "email": "nils@beacon.example", "language": "en", "roles": made.key}
    assert na.post("/settings/invite", data=sent).status_code == 303
    assert na.post(f"{HOME}/{role_id}/remove").status_code == 422


def test_the_first_roles_stay_as_they_are_called(world: World) -> None:
    na, sales = world.client("na"), role_of(world, "sales")
    assert na.post(f"{HOME}/{sales.id}/rename", data={"name": "Trade"}).status_code == 422
    assert na.post(f"{HOME}/{sales.id}/remove").status_code == 422


def test_administrators_keep_everything(world: World) -> None:
    na, role = world.client("na"), role_of(world, ADMINISTRATOR)
    sent = reviewed(na, role, **{Identity.ROLE_MANAGE: "none"})
    assert na.post(f"{HOME}/{role.id}", data=sent).status_code == 403
    assert role_of(world, ADMINISTRATOR).grants[Identity.ROLE_MANAGE] == "all"


def test_administrators_hold_what_any_colleague_holds(world: World) -> None:
    """Otherwise they could not give it."""
    admin = role_of(world, ADMINISTRATOR)
    for standard in STANDARD:
        if standard.face is Face.STAFF:
            held = role_of(world, standard.key)
            assert held.grants.keys() <= admin.grants.keys(), standard.key
            assert set(held.field_groups) <= set(admin.field_groups), standard.key
    assert set(admin.grants.values()) - {"all"} <= {"own"}


@pytest.fixture
def keeper(house: House) -> Browser:
    """Tom manages people and roles, and may do little else: a role that the house made."""
    with house.world.act("na") as (session, actor):
        keeper = Role(
            key="role_keeper",
            name="Keeper",
            grants={
                Identity.USER_READ: "all", Identity.USER_MANAGE: "all", Identity.ROLE_MANAGE: "all",
                WRITE: "own", "workbench:page:read": "own",
            },
            field_groups=[],
            known=[],
        )  # fmt: skip
        session.add(keeper)
        session.flush()
        tom = session.get_one(User, house.world.people["tom"])
        users.set_roles(session, actor, tom, [keeper.key])
    return house.signed_in("tom")


def test_nobody_gives_what_they_do_not_hold(house: House, keeper: Browser) -> None:
    """B09: neither by a role's table, nor by a copy, nor to a person, nor by an invitation."""
    world = house.world
    finance, sales = role_of(world, "finance"), role_of(world, "sales")
    assert save(keeper, finance, **{WRITE: "all"}) == 422
    assert save(keeper, finance, **{WRITE: "own"}) == 303
    assert keeper.post(HOME, data={"name": "Mine", "like": sales.id}).status_code == 422
    page = f"/settings/people/{world.people['tom']}"
    given = {"with_roles": "1", "roles": [ADMINISTRATOR, "role_keeper"]}
    assert keeper.post(page, data=given).status_code == 422
    sent = {"name": "N", "email": "n@beacon.example", "language": "en", "roles": ADMINISTRATOR}
    assert keeper.post("/settings/invite", data=sent).status_code == 422
    assert world.actor("tom").grants[WRITE] is Scope.OWN


def test_fields_nobody_has_are_given_by_nobody(house: House, keeper: Browser) -> None:
    sales = role_of(house.world, "sales")
    assert save(keeper, sales, fields="credit") == 422
    assert role_of(house.world, "sales").field_groups == []


@pytest.mark.parametrize("sent", [{WRITE: "everything"}, {"made:up:right": "all"}, {WRITE: ""}])
def test_what_no_table_offers_changes_nothing(world: World, sent: dict[str, str]) -> None:
    na, sales = world.client("na"), role_of(world, "sales")
    page = na.post(f"{HOME}/{sales.id}/review", data={**sent}).text
    assert "Nothing is different." in page


def test_outside_roles_never_gain_rights_of_the_staff(world: World) -> None:
    na, customer = world.client("na"), role_of(world, "customer")
    page = na.post(f"{HOME}/{customer.id}/review", data={Identity.USER_MANAGE: "all"}).text
    assert "Nothing is different." in page
    assert Identity.USER_MANAGE not in na.get(f"{HOME}/{customer.id}").text


@pytest.mark.parametrize(("person", "status"), [("maya", 403), ("lin", 403), ("zhou", 404)])
def test_only_who_manages_roles_changes_them(world: World, person: str, status: int) -> None:
    sales, browser = role_of(world, "sales"), world.client(person)
    for path in (HOME, f"{HOME}/{sales.id}", f"{HOME}/new"):
        assert browser.get(path).status_code == status, path
    for path in ("", f"/{sales.id}", f"/{sales.id}/review", f"/{sales.id}/remove"):
        assert browser.post(HOME + path, data={"name": "x"}).status_code == status, path


def test_every_permission_has_words(world: World) -> None:
    """In both languages: the catalog has each of them, or the check of translations complains."""
    parts = {module.name for module in world.installation.modules} | words.PARTS.keys()
    for permission in world.installation.permissions():
        part, noun, verb = permission.split(":")
        assert part in parts, permission
        assert noun in words.NOUNS or world.installation.records.get(noun), permission
        assert verb in words.VERBS, permission
