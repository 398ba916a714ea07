"""A page opens at the entry that was found, however far down, and only for its readers."""

import re

from concord.actors import Audience
from concord.search.entries import search_entries
from concord.timeline.actions import post
from tests.world import World

MANY = 30


def tell(world: World, body: str, audience: Audience = Audience.INTERNAL) -> int:
    with world.act("lin") as (session, actor):
        record = world.record(session, "huadong")
        return post(session, actor, record, kind="note", body=body, audience=audience).id


def bury(world: World, audience: Audience = Audience.INTERNAL) -> None:
    """Thirty entries on top of what is there: more than a page of them."""
    with world.act("lin") as (session, actor):
        record = world.record(session, "huadong")
        for number in range(MANY):
            post(session, actor, record, kind="note", body=f"Later {number}.", audience=audience)


def address(world: World, person: str, words: str) -> str:
    actor = world.actor(person)
    with world.app.test_request_context(), world.reading() as session:
        return search_entries(session, actor, words)[0].url


def shown(text: str) -> list[int]:
    return [int(entry) for entry in re.findall(r'id="entry-(\d+)"', text)]


def test_a_found_entry_is_on_the_page_that_its_address_opens(any_world: World) -> None:
    world = any_world
    entry = tell(world, "Zyxw said it long ago.")
    bury(world)
    browser = world.client("lin")
    assert entry not in shown(browser.get(f"/customers/{world.records['huadong']}").text)

    url = address(world, "lin", "zyxw")
    assert url.endswith(f"?at={entry}#entry-{entry}")
    text = browser.get(url.partition("#")[0]).text
    assert shown(text).index(entry) == 4
    assert "data-newer" in text
    assert "data-older" in text

    # From there upwards nothing is left out and nothing comes twice.
    newest, after, read = shown(text), re.search(r'data-position="(\d+)" data-refresh', text), []
    assert after
    above = browser.fragment(f"/records/{world.records['huadong']}/timeline/new?after={after[1]}")
    read = shown(above.text)
    assert len(read) == MANY - 4
    assert not set(read) & set(newest)
    assert "data-newer" not in above.text


def test_near_the_top_the_page_is_the_usual_one(any_world: World) -> None:
    entry = tell(any_world, "Zyxw said it just now.")
    browser = any_world.client("lin")
    place = f"/customers/{any_world.records['huadong']}"
    text = browser.get(f"{place}?at={entry}").text
    assert shown(text) == shown(browser.get(place).text)
    assert "data-newer" not in text


def test_the_customer_opens_the_conversation_at_what_was_found(any_world: World) -> None:
    world = any_world
    entry = tell(world, "Zyxw for you.", Audience.CUSTOMER)
    bury(world, Audience.CUSTOMER)
    url = address(world, "zhou", "zyxw").partition("#")[0]
    text = world.client("zhou").get(url).text
    assert entry in shown(text)
    assert "data-newer" in text


def test_whoever_does_not_read_an_entry_cannot_tell_that_it_is_there(any_world: World) -> None:
    """B16: the address of an internal entry, and of one that never was, open the same page."""
    world = any_world
    secret = tell(world, "Zyxw stays inside.")
    shared = tell(world, "For you.", Audience.CUSTOMER)
    bury(world, Audience.CUSTOMER)
    page = "/portal/conversation"
    for person in ("zhou", "paul"):
        browser = world.client(person)
        pages = [browser.get(f"{page}?at={entry}").text for entry in (secret, 10**12)]
        assert secret not in shown(pages[0])
        assert shown(pages[0]) == shown(pages[1]) == shown(browser.get(page).text)
        assert shared in shown(browser.get(f"{page}?at={shared}").text)
    for person in ("ursula", "huang"):
        for entry in (secret, shared):
            assert entry not in shown(world.client(person).get(f"{page}?at={entry}").text)


def test_a_senseless_entry_is_refused_with_a_sentence(world: World) -> None:
    place = f"/customers/{world.records['huadong']}"
    for senseless in ("x", "-1", "9" * 30):
        assert world.client("lin").get(f"{place}?at={senseless}").status_code == 422
