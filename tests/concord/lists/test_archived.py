"""What is put away: found again and brought back by whoever may, unknown to all others."""

import pytest
from sqlalchemy import func, select

from concord.bulk.models import BulkRun
from concord.records.models import Record
from tests.crm.reading import said
from tests.world import World, fingerprint

AWAY = "/customers?view=all&archived=1"


def put_away(world: World, person: str, *keys: str) -> None:
    for key in keys:
        answer = world.client(person).post(f"/customers/{world.records[key]}/archive")
        assert answer.status_code in (200, 303), answer.text


def is_archived(world: World, key: str) -> bool:
    with world.reading() as session:
        return session.get_one(Record, world.records[key]).archived


def test_archived_records_have_their_own_door(any_world: World) -> None:
    put_away(any_world, "maya", "huadong", "kessler")
    maya = any_world.client("maya")
    assert "Huadong Precision" not in said(maya.get("/customers?view=all"))
    away = maya.get(AWAY)
    assert "Huadong Precision" in said(away)
    assert "Kessler Transport" in said(away)
    assert "Suzhou Hengli" not in said(away)
    assert "data-edit" not in away.text
    narrowed = maya.get(f"{AWAY}&filter=name:contains:Kessler")
    assert "Huadong Precision" not in said(narrowed)
    assert "2 in all" in said(maya.get("/lists/customers/foot?archived=1&view=all"))
    peek = maya.get(f"/lists/customers/{any_world.records['huadong']}/peek?archived=1")
    assert "Huadong Precision" in said(peek)


def test_the_way_there_stands_in_the_menu_of_views(world: World) -> None:
    assert "archived=1" in world.client("maya").get("/customers").text
    assert "archived=1" not in world.client("rita").get("/customers").text
    assert "Nothing is archived" in said(world.client("maya").get(AWAY))


def test_many_are_restored_at_once_and_put_away_again_by_undo(any_world: World) -> None:
    world = any_world
    put_away(world, "maya", "huadong", "kessler")
    maya = world.client("maya")
    listed = maya.get(AWAY).text
    assert 'data-verb="restore"' in listed
    assert 'data-verb="archive"' not in listed
    dialog = maya.fragment("/lists/customers/bulk/restore?archived=1&view=all&all=1")
    assert "2 selected" in said(dialog)
    url = "/lists/customers/bulk/restore?archived=1&view=all"
    answer = maya.fragment(url, method="POST", data={"all": "1"})
    assert answer.status_code == 204, answer.text
    assert answer.headers["HX-Redirect"].endswith("archived=1")
    assert not is_archived(world, "huadong")
    assert not is_archived(world, "kessler")
    with world.reading() as session:
        run_id = session.scalar(select(func.max(BulkRun.id)))
    assert maya.post(f"/bulk/{run_id}/undo").status_code == 303
    assert is_archived(world, "huadong")
    assert is_archived(world, "kessler")


def test_one_is_restored_by_its_id(world: World) -> None:
    put_away(world, "maya", "huadong", "kessler")
    sent = {"ids": str(world.records["huadong"])}
    url = "/lists/customers/bulk/restore?archived=1&view=all"
    assert world.client("maya").fragment(url, method="POST", data=sent).status_code == 204
    assert not is_archived(world, "huadong")
    assert is_archived(world, "kessler")


def test_a_file_of_the_archived_holds_the_archived(world: World) -> None:
    put_away(world, "maya", "huadong")
    sent = {"all": "1", "format": "csv"}
    url = "/lists/customers/bulk/export?archived=1&view=all"
    made = world.client("maya").post(url, data=sent)
    assert made.status_code == 200, made.text
    assert "Huadong Precision" in made.text
    assert "Kessler Transport" not in made.text


@pytest.mark.parametrize("person", ["rita", "zhou", "huang"])
def test_who_may_restore_nothing_finds_nothing_archived(world: World, person: str) -> None:
    """B02, B12: the reader, the customer and the supplier; no row changes."""
    put_away(world, "maya", "huadong")
    before = fingerprint(world)
    browser = world.client(person)
    for path in (AWAY, "/lists/customers/rows?archived=1", "/lists/customers/foot?archived=1"):
        answer = browser.get(path)
        assert answer.status_code in (404, 422), path
        assert "Huadong" not in answer.text
    sent = {"ids": str(world.records["huadong"])}
    answer = browser.post("/lists/customers/bulk/restore?archived=1", data=sent)
    assert answer.status_code in (403, 404)
    assert fingerprint(world) == before


def test_only_what_one_may_restore_is_shown(world: World) -> None:
    """Another team's archived customer is not Tom's to see there."""
    put_away(world, "maya", "huadong")
    tom = world.client("tom")
    answer = tom.get(AWAY)
    assert answer.status_code in (200, 422)
    assert "Huadong" not in answer.text


def test_archived_is_asked_with_a_plain_one(world: World) -> None:
    for nonsense in ("yes", "0", "2", "true"):
        answer = world.client("maya").get(f"/customers?view=all&archived={nonsense}")
        assert answer.status_code == 422, nonsense


@pytest.mark.parametrize("key", ["customers", "contacts", "tasks", "knowledge"])
def test_every_list_with_an_archive_has_the_door(world: World, key: str) -> None:
    maya = world.client("maya")
    path = f"/{key}?view=all&archived=1&layout=list"
    assert "Nothing is archived" in said(maya.get(path)), key
