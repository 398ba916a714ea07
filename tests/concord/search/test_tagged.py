"""After a "#": tags, then the records that carry one, for those who may know of both."""

import html

import pytest

from concord.records.actions import archive
from concord.search.palette import Found, Mode
from tests.attacks.doors import narrow_house
from tests.concord.search.looking import palette
from tests.world import World


def tag(world: World, key: str, *names: str) -> None:
    answer = world.client("lin").post(
        f"/records/{world.records[key]}/tags", data={"tag": ",".join(names)}
    )
    assert answer.status_code in (200, 303), answer.text


def names(found: Found) -> list[str]:
    return [each.name for each in found.tagged.tags]


def records(found: Found) -> list[str]:
    return [hit.title for hit in found.tagged.records]


@pytest.fixture
def tagged(any_world: World) -> World:
    tag(any_world, "huadong", "Key account", "重点客户")
    tag(any_world, "kessler", "Key account")
    tag(any_world, "zhou_min", "Key")
    return any_world


def test_the_sign_alone_offers_every_tag(tagged: World) -> None:
    found = palette(tagged, "lin", "#")
    assert found.mode is Mode.TAGS
    assert {"Key account", "重点客户", "Key"} <= {*names(found)}
    assert not found.tagged.records


@pytest.mark.parametrize("typed", ["#key acc", "#zhongdian", "#zdkh", "#重点"])
def test_a_tag_answers_to_its_beginning_and_its_pinyin(tagged: World, typed: str) -> None:
    found = palette(tagged, "lin", typed)
    chosen = found.tagged.chosen
    offered = [*names(found), *([chosen.name] if chosen else [])]
    assert ("Key account" if typed.startswith("#key") else "重点客户") in offered
    assert "Huadong Precision" in records(found) or not chosen


def test_a_named_tag_gives_its_records_and_words_narrow_them(tagged: World) -> None:
    assert {*records(palette(tagged, "lin", "#Key Account "))} == {
        "Huadong Precision",
        "Kessler Transport",
    }
    assert records(palette(tagged, "lin", "#key account huad")) == ["Huadong Precision"]
    # The longest name that is typed is meant; what else begins so stays an offer.
    found = palette(tagged, "lin", "#key")
    assert records(found) == ["Zhou Min"]
    assert "Key account" in names(found)


def test_the_page_of_results_knows_the_sign_too(tagged: World) -> None:
    text = html.unescape(tagged.client("lin").get("/search?q=%23key+account").text)
    assert "Huadong Precision" in text
    assert "Kessler Transport" in text
    text = html.unescape(tagged.client("lin").get("/search?q=%23ke").text)
    assert 'href="/search?q=%23Key+account"' in text


def test_records_that_one_may_not_open_are_not_found_by_their_tag(tagged: World) -> None:
    """B11: neither the record of another team nor an archived one, nor by people outside."""
    world = narrow_house(tagged)
    assert "Huadong Precision" in records(palette(world, "lin", "#key account"))
    assert records(palette(world, "tom", "#key account")) == []
    for person in ("zhou", "huang"):
        found = palette(world, person, "#key account")
        assert found.mode is Mode.EVERYWHERE
        assert not found.tagged.tags
        assert not found.tagged.records
        text = world.client(person).get("/portal/search?q=%23key+account").text
        assert "Kessler" not in text
        assert "重点客户" not in world.client(person).get("/portal/search?q=%23").text
    with world.act("na") as (session, actor):
        archive(session, actor, world.record(session, "kessler"))
    assert "Kessler Transport" not in records(palette(world, "na", "#key account"))


def test_without_a_tag_it_teaches(world: World) -> None:
    text = html.unescape(world.client("lin").fragment("/search/palette?q=%23zyxw").text)
    assert "Nothing found for “zyxw”" in text
