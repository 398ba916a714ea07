"""The palette: records, words, colleagues and commands for what is typed, in either language."""

import html
from urllib.parse import parse_qs

import pytest

from concord.clock import now
from concord.identity.models import User
from concord.search.commands import Offer
from concord.search.palette import Found, Mode, look
from concord.timeline.visits import mark_seen
from tests.world import World


def typed(world: World, person: str, text: str) -> Found:
    actor = world.actor(person)
    with world.app.test_request_context(), world.reading() as session:
        return look(session, actor, text)


def labels(found: Found) -> list[str]:
    return ["".join(part.text for part in offer.label) for offer in found.offers]


def test_the_best_match_comes_with_what_can_be_done_on_it(world: World) -> None:
    found = typed(world, "lin", "huad")
    assert found.best is not None
    assert found.best.title == "Huadong Precision"
    assert labels(found)[:3] == [
        "Log a call with Huadong Precision",
        "New task for Huadong Precision",
        "New contact at Huadong Precision",
    ]
    huadong = world.records["huadong"]
    assert [offer.url for offer in found.offers[:3]] == [
        f"/customers/{huadong}#compose-call",
        f"/tasks/new?record_id={huadong}",
        f"/customers/{huadong}/contacts/new",
    ]


def test_what_one_may_not_do_is_not_offered(world: World) -> None:
    """Rita may only read; Tom sells in another team, and may not add people here."""
    assert labels(typed(world, "rita", "huad")) == []
    assert not any(label.startswith("New contact") for label in labels(typed(world, "tom", "huad")))
    assert "New customer" not in labels(typed(world, "rita", ">new"))


@pytest.mark.parametrize("text", ["new cus", "xinjian", "新建客户", "xjkh", "NEW CUSTOMER"])
def test_a_command_answers_in_both_languages_and_in_pinyin(world: World, text: str) -> None:
    assert "New customer" in labels(typed(world, "lin", text))
    assert "New customer" in labels(typed(world, "lin", ">" + text))


def test_every_page_of_the_sidebar_and_settings_is_a_command(world: World) -> None:
    pages = labels(typed(world, "na", ">"))
    assert {"Workbench", "Tasks", "Customers", "Suppliers", "Knowledge", "Settings", "Roles"} <= {
        *pages
    }
    assert "Roles" not in labels(typed(world, "lin", ">"))


def test_every_command_leads_somewhere(world: World) -> None:
    browser = world.client("na")
    offered: list[Offer] = [*typed(world, "na", ">").offers, *typed(world, "na", "huad").offers]
    assert len(offered) > 20
    for offer in offered:
        if offer.sends is None:
            answer = browser.get(offer.url.partition("#")[0])
        else:
            answer = browser.post(offer.url, data=dict(offer.sends))
        assert answer.status_code in (200, 303), offer


def test_commands_that_send_say_what(world: World) -> None:
    text = html.unescape(world.client("lin").fragment("/search/palette?q=%3Edark").text)
    sent = text.partition('data-sends="')[2].partition('"')[0]
    assert parse_qs(sent) == {"theme": ["dark"]}


def test_after_an_at_sign_come_people(world: World) -> None:
    found = typed(world, "lin", "@maya")
    assert found.mode is Mode.PEOPLE
    assert [colleague.name for colleague in found.colleagues] == ["Maya Kaur"]
    contacts = typed(world, "lin", "@zm").records
    assert {hit.title for hit in contacts} == {"Zhou Min"}
    assert {hit.kind for hit in typed(world, "lin", "@huadong").records} == {"contact"}
    assert len(typed(world, "lin", "@").colleagues) == 10


def test_who_has_left_is_no_colleague(world: World) -> None:
    with world.writing() as session:
        session.get_one(User, world.people["jun"]).disabled_at = now()
        session.commit()
    assert not typed(world, "lin", "@jun wang").colleagues
    assert world.client("lin").get(f"/people/{world.people['jun']}").status_code == 404


def test_before_anything_is_typed_it_shows_where_one_was(world: World) -> None:
    assert not typed(world, "lin", "").recent
    for key in ("kessler", "huadong"):
        with world.act("lin") as (session, actor):
            mark_seen(session, actor, world.record(session, key), 1)
    found = typed(world, "lin", " ")
    assert [hit.title for hit in found.recent] == ["Huadong Precision", "Kessler Transport"]
    assert "New task" in labels(found)
    assert not typed(world, "maya", "").recent


def test_a_colleagues_page_shows_what_the_reader_may_open(world: World) -> None:
    text = html.unescape(world.client("jun").get(f"/people/{world.people['lin']}").text)
    assert "Lin Chen" in text
    assert "Huadong Precision" in text
    assert "lin@beacon.example" in text


def test_the_page_of_results_works_without_scripts(any_world: World) -> None:
    browser = any_world.client("lin")
    text = browser.get("/search?q=certificate").text
    assert "<mark>certificate</mark>" in text
    assert "Said on timelines" in text
    only = browser.get("/search?q=certificate&kind=task").text
    assert "Said on timelines" not in only
    assert browser.get("/search?q=x&kind=secret").status_code == 404
    assert "Nothing found" in browser.get("/search?q=zyxwvut").text
    assert "What are you looking for?" in browser.get("/search").text


def test_hostile_words_stay_words(world: World) -> None:
    name = '<img src=x onerror=alert(1)> "Zyxw" & sons'
    made = world.api("lin").post("/api/v1/companies", json={"name": name, "is_customer": True})
    assert made.status_code == 201
    for path in ("/search?q=zyxw", "/search/palette?q=zyxw"):
        text = world.client("lin").get(path).text
        assert "<img" not in text
        assert "<mark>Zyxw</mark>" in text
