"""Looking as somebody else: what they see and no more, nothing changed, kept in the audit."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from concord.audit.models import AuditRow
from concord.clock import now, telling
from concord.identity import users
from concord.identity.models import Role, User
from concord.identity.permissions import Identity
from concord.web.routing import access_of
from tests.contracts.conftest import address, rules_of
from tests.world import Browser, World, fingerprint

STOP = "/settings/look/end"


def look(world: World, person: str, by: str = "na") -> Browser:
    browser = world.client(by)
    answer = browser.post(f"/settings/people/{world.people[person]}/look")
    assert answer.status_code == 303, answer.text
    return browser


def role_id(world: World, key: str) -> int:
    with world.reading() as session:
        return session.scalars(select(Role.id).where(Role.key == key)).one()


def done(world: World, action: str) -> list[tuple[str, str | None, int | None]]:
    with world.reading() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.action == action))
        return [(row.actor_name, row.table, row.row_id) for row in rows]


def test_an_administrator_sees_what_a_colleague_sees(world: World) -> None:
    na = look(world, "tom")
    page = na.get("/")
    assert "You see Concord as Tom Becker sees it." in page.text
    assert na.get("/settings/people").status_code == 403
    assert 'href="/settings/people"' not in na.get("/settings").text


def test_one_click_ends_it(world: World) -> None:
    na = look(world, "tom")
    assert na.post(STOP).status_code == 303
    assert na.get("/settings/people").status_code == 200
    assert "You see Concord as" not in na.get("/").text


def test_start_and_end_are_in_the_audit_under_the_own_name(world: World) -> None:
    look(world, "tom").post(STOP)
    tom = world.people["tom"]
    assert done(world, "view_as_started") == [("Li Na", "concord_users", tom)]
    assert done(world, "view_as_ended") == [("Li Na", "concord_users", tom)]


def test_nothing_at_all_can_be_changed(world: World) -> None:
    na = look(world, "maya")
    before = fingerprint(world)
    for rule in rules_of(world.app):
        access = access_of(world.app.view_functions[rule.endpoint])
        assert access is not None
        if rule.rule.startswith("/api/") or access.while_looking:
            continue
        for method in (rule.methods or set()) & {"POST", "PATCH", "PUT", "DELETE"}:
            answer = na.open(address(rule, dict(world.records)), method=method)
            assert answer.status_code in (403, 404), (method, rule.rule, answer.status_code)
    assert fingerprint(world) == before


FORM = re.compile(r'<form\b[^>]*(?:method="post"|hx-patch|hx-post)[^>]*>')


@pytest.mark.parametrize(
    "path",
    [
        "/", "/tasks", "/tasks/{iso_certificate}", "/customers/{huadong}", "/customers/new",
        "/customers?layout=board", "/customers", "/notifications", "/preferences",
        "/knowledge/{promise_dates}", "/records/{huadong}/timeline",
    ],
)  # fmt: skip
def test_what_would_change_something_is_there_and_inert(world: World, path: str) -> None:
    shown = path.format(**world.records)
    page = look(world, "lin").get(shown).text
    forms = [form for form in FORM.findall(page) if STOP not in form]
    assert [form for form in forms if not form.startswith("<form inert")] == []
    for leading in ("/customers/new", "/tasks/new"):
        assert f'<a class="btn primary" href="{leading}"' not in page
    assert "data-movable" not in page
    assert page.count(STOP) == (0 if "timeline" in path else 1)


def test_what_one_sees_oneself_is_alive(world: World) -> None:
    na = look(world, "lin")
    assert "<form inert" in na.get("/preferences").text
    na.post(STOP)
    assert " inert" not in na.get("/preferences").text
    assert " inert" not in world.client("lin").get("/customers").text


def test_a_refused_change_is_kept_under_the_own_name(world: World) -> None:
    na = look(world, "maya")
    answer = na.post("/tasks", data={"title": "Not mine"})
    assert answer.status_code == 403
    assert "Stop looking first" in answer.text
    assert done(world, "refused")[-1][0] == "Li Na"


@pytest.mark.parametrize("person", ["zhou", "huang", "na"])
def test_nobody_looks_as_people_outside_or_as_oneself(world: World, person: str) -> None:
    answer = world.client("na").post(f"/settings/people/{world.people[person]}/look")
    assert answer.status_code == 404


@pytest.mark.parametrize(("person", "status"), [("maya", 403), ("lin", 403), ("zhou", 404)])
def test_nobody_else_looks(world: World, person: str, status: int) -> None:
    browser = world.client(person)
    for path in (f"people/{world.people['tom']}", f"roles/{role_id(world, 'sales')}"):
        assert browser.post(f"/settings/{path}/look").status_code == status
    assert done(world, "view_as_started") == []


def test_as_a_role_one_keeps_ones_own_records_and_loses_the_rest(world: World) -> None:
    na = world.client("na")
    assert na.post(f"/settings/roles/{role_id(world, 'read_only')}/look").status_code == 303
    assert "You see Concord as this role would." in na.get("/").text
    assert na.get("/customers/new").status_code == 403
    assert na.get("/customers").status_code == 200


def test_the_role_of_people_outside_is_nobodys_eyes(world: World) -> None:
    answer = world.client("na").post(f"/settings/roles/{role_id(world, 'customer')}/look")
    assert answer.status_code == 404


def test_who_may_less_does_not_see_more_through_others(world: World) -> None:
    """B09: Tom manages people, and reads no customers."""
    with world.act("na") as (session, actor):
        keeper = Role(
            key="role_keeper",
            name="Keeper",
            grants={
                Identity.USER_READ: "all", Identity.USER_MANAGE: "all", Identity.ROLE_MANAGE: "all",
                "crm:company:read": "own",
            },
            field_groups=[],
            known=[],
        )  # fmt: skip
        session.add(keeper)
        session.flush()
        tom = session.get_one(User, world.people["tom"])
        users.set_roles(session, actor, tom, [keeper.key])
    tom_looks = look(world, "emily", by="tom")
    assert tom_looks.get("/customers").status_code == 403
    assert tom_looks.get(f"/customers/{world.records['huadong']}").status_code in (403, 404)


def test_it_ends_by_itself_after_an_hour(world: World) -> None:
    na = look(world, "tom")
    with telling(now() + timedelta(minutes=61)):
        assert na.get("/settings/people").status_code == 200


def test_who_loses_the_right_loses_the_view(world: World) -> None:
    na = look(world, "tom")
    with world.act("maya") as (session, _actor):
        admin = session.scalars(select(Role).where(Role.key == "administrator")).one()
        admin.grants = {key: value for key, value in admin.grants.items() if "identity" not in key}
    assert "You see Concord as" not in na.get("/").text


def test_a_stolen_session_of_another_is_untouched(world: World) -> None:
    look(world, "tom")
    assert world.client("na").get("/settings/people").status_code == 200
