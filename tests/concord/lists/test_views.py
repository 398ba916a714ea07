"""Views: private until shared, never showing more than their reader may see, outliving people."""

import pytest
from sqlalchemy import select

from concord.identity.models import User
from concord.identity.users import disable
from concord.lists.models import SavedView
from tests.crm.reading import said
from tests.world import World

LOOK = "/lists/customers/views?filter=tier:is:gold&sort=-name&group=owner"


def save(world: World, person: str, name: str, *, shared: bool = False, look: str = LOOK) -> int:
    form = {"name": name} | ({"shared": "1"} if shared else {})
    answer = world.client(person).post(look, data=form)
    assert answer.status_code == 303, answer.text
    return int(answer.location.rpartition("=")[2])


def test_a_view_keeps_filter_order_and_groups_under_a_name(any_world: World) -> None:
    view = save(any_world, "lin", "Gold ones")
    page = any_world.client("lin").get(f"/customers?view={view}")
    assert "Gold ones" in said(page)
    assert "Tier is Gold" in said(page)
    assert "Group: Owner" in said(page)
    assert 'aria-sort="descending"' in page.text


def test_a_private_view_is_its_owners_alone(world: World) -> None:
    view = save(world, "lin", "My secret plan")
    maya = world.client("maya")
    assert "My secret plan" not in maya.get("/customers").text
    assert maya.get(f"/customers?view={view}").status_code == 422
    for path in (f"/lists/views/{view}", f"/lists/views/{view}/delete"):
        assert maya.post(path, data={"name": "x"}).status_code == 404
    assert world.client("zhou").post(f"/lists/views/{view}/delete").status_code == 404
    assert "My secret plan" in world.client("lin").get("/customers").text


def test_a_shared_view_is_opened_by_all_and_changed_by_its_owner(world: World) -> None:
    view = save(world, "lin", "Gold of the house", shared=True)
    jun = world.client("jun")
    assert "Gold of the house" in jun.get("/customers").text
    assert jun.get(f"/customers?view={view}").status_code == 200
    for path in ("", "/delete", "/look", "/widths", "/take-over"):
        answer = jun.post(f"/lists/views/{view}{path}", data={"name": "Mine now"})
        assert answer.status_code == 403, path
    assert "Gold of the house" in jun.get("/customers").text


def test_a_shared_view_shows_nobody_more_than_they_see(world: World) -> None:
    """B12: Maya knows credit limits; Lin opens her view without them, and learns nothing."""
    look = "/lists/customers/views?filter=credit_limit:over:1&columns=name,credit_limit"
    view = save(world, "maya", "Big credit", shared=True, look=f"{look}&sort=-credit_limit")
    page = world.client("lin").get(f"/customers?view={view}")
    assert page.status_code == 200
    assert "is not there" in said(page)
    assert "Credit limit" not in page.text
    assert "over" not in said(page).partition("Find")[2].partition("Name")[0]


def test_only_whoever_may_share_shares(world: World) -> None:
    form = {"name": "For all", "shared": "1"}
    assert world.client("rita").post(LOOK, data=form).status_code == 403
    assert world.client("rita").post(LOOK, data={"name": "For me"}).status_code == 303


def test_a_shared_view_outlives_whoever_made_it(any_world: World) -> None:
    """Bad input of the issue: it stays, and an administrator takes it over."""
    world = any_world
    view = save(world, "lin", "Gold of the house", shared=True)
    sharer = world.people["lin"]
    early = world.client("na").post(f"/lists/views/{view}/take-over")
    assert early.status_code == 403
    with world.act("na") as (session, actor):
        disable(session, actor, session.get_one(User, sharer))
    na = world.client("na")
    assert "Gold of the house" in na.get("/customers").text
    assert "who has left" in said(na.get("/lists/customers/views"))
    assert world.client("maya").get(f"/customers?view={view}").status_code == 200
    assert world.client("maya").post(f"/lists/views/{view}/take-over").status_code == 403
    assert na.post(f"/lists/views/{view}/take-over").status_code == 303
    with world.reading() as session:
        assert session.get_one(SavedView, view).owner_id == world.people["na"]


def test_everybody_has_their_own_order_and_first_view(world: World) -> None:
    view = save(world, "lin", "Gold ones")
    lin = world.client("lin")
    sent = {"keys": [str(view), "mine", "all"], "first": "mine"}
    assert lin.post("/lists/customers/views/order", data=sent).status_code == 303
    page = said(lin.get("/customers"))
    assert page.index("Gold ones") < page.index("All")
    assert "Owner is me" in page
    assert "Owner is me" not in said(world.client("maya").get("/customers"))
    assert lin.post(f"/lists/views/{view}/delete").status_code == 303
    assert "Gold ones" not in lin.get("/customers").text


def test_a_view_that_means_nothing_any_more_still_opens(world: World) -> None:
    """C07: what is kept is JSON; what it names and is gone is left out and said."""
    view = save(world, "lin", "Gold ones")
    for look in (
        {"filter": {"all": [{"field": "margin", "op": "over", "value": "1"}]}},
        {"filter": {"all": [{"field": "tier", "op": "is", "value": "platinum"}]}},
        {"sort": ["gone"], "group": "gone", "columns": ["gone"], "by": "gone"},
        {"filter": "!!python/object:os.system"},
        {"__reduce__": "x"},
    ):
        with world.writing() as session:
            session.get_one(SavedView, view).look = look
            session.commit()
        answer = world.client("lin").get(f"/customers?view={view}")
        assert answer.status_code == 200, look
        assert "Huadong Precision" in answer.text


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_view_has_a_sensible_name(world: World, name: str) -> None:
    answer = world.client("lin").post(LOOK, data={"name": name})
    assert answer.status_code == 422
    with world.reading() as session:
        assert session.scalars(select(SavedView)).all() == []


def test_a_drawn_column_stays_with_the_view(world: World) -> None:
    view = save(world, "lin", "Gold ones")
    lin = world.client("lin")
    sent = {"column": "name", "width": "333"}
    assert lin.post(f"/lists/views/{view}/widths", data=sent).status_code == 200
    assert '<col width="333">' in lin.get(f"/customers?view={view}").text
    for width in ("5", "100000", "x"):
        sent = {"column": "name", "width": width}
        assert lin.post(f"/lists/views/{view}/widths", data=sent).status_code == 422
