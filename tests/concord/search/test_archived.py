"""What is put away is found on the page of results by whoever may bring it back, if they ask."""

import pytest

from concord.identity.models import User
from modules.crm.companies.actions import assign_company
from tests.concord.lists.test_archived import put_away
from tests.concord.search.looking import found, titles
from tests.world import World

NAME = "Huadong Precision"


def asked(world: World, person: str, query: str = "q=huadong&kind=company&archived=1") -> str:
    answer = world.client(person).fragment(f"/search?{query}")
    assert answer.status_code == 200
    return str(answer.text).replace("<mark>", "").replace("</mark>", "")


def test_an_archived_customer_is_found_and_marked(any_world: World) -> None:
    world = any_world
    put_away(world, "maya", "huadong")
    page = asked(world, "maya")
    assert NAME in page
    assert 'class="badge quiet">Archived' in page
    assert NAME in asked(world, "maya", "q=hua+dong&archived=1")
    kessler = asked(world, "maya", "q=kessler&archived=1")
    assert "Kessler Transport" in kessler
    assert 'class="badge quiet">Archived' not in kessler


def test_unasked_it_stays_away(any_world: World) -> None:
    world = any_world
    put_away(world, "maya", "huadong")
    assert NAME not in asked(world, "maya", "q=huadong&kind=company")
    assert NAME not in titles(found(world, "maya", "huadong"))
    assert NAME not in world.client("maya").fragment("/search/palette?q=huadong&archived=1").text


def test_who_may_restore_nothing_finds_nothing_that_is_put_away(any_world: World) -> None:
    put_away(any_world, "maya", "huadong")
    assert NAME not in asked(any_world, "rita")


def test_only_what_one_may_restore_is_found(any_world: World) -> None:
    """Lin restores what is her team's; Tom's customer is not."""
    world = any_world
    with world.writing() as session:
        tom = session.get_one(User, world.people["tom"])
        assign_company(session, world.actor("na"), world.record(session, "huadong"), tom)
        session.commit()
    put_away(world, "na", "huadong", "suzhou")
    assert NAME not in asked(world, "lin")
    assert "Suzhou Optics" in asked(world, "lin", "q=suzhou&archived=1")


@pytest.mark.parametrize("person", ["zhou", "huang"])
def test_people_outside_find_nothing_that_is_put_away(any_world: World, person: str) -> None:
    world = any_world
    put_away(world, "maya", "huadong")
    answer = world.client(person).fragment("/portal/search?q=huadong&archived=1")
    assert answer.status_code == 200
    assert f"/customers/{world.records['huadong']}" not in answer.text
    assert "Archived too" not in world.client(person).get("/portal/search").text


def test_the_switch_is_there_for_whom_it_is_of_use(world: World) -> None:
    assert "Archived too" in world.client("maya").get("/search?q=huadong").text
    assert "Archived too" not in world.client("rita").get("/search?q=huadong").text
    kept = world.client("maya").get("/search?q=huadong&archived=1").text
    assert 'name="archived" value="1" checked' in kept
    assert "q=huadong&amp;kind=company&amp;archived=1" in kept
