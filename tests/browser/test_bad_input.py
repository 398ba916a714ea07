"""What goes wrong while one works: a sentence says what; nothing typed is lost or sent twice."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from sqlalchemy import func, select, update

from concord.clock import now
from concord.identity.models import Invitation
from concord.identity.sessions import COOKIE
from concord.timeline.models import Entry
from tests.browser.conftest import NewContext
from tests.concord.identity.house import House
from tests.servers.concord import Process, environment_for
from tests.world import World, copied

SECONDS = 10_000


@pytest.fixture(scope="module")
def world(told_on_sqlite: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world for all of this page; each test writes words of its own."""
    folder = tmp_path_factory.mktemp("bad-input")
    found = copied(told_on_sqlite, folder)
    yield found
    found.close()


@pytest.fixture(scope="module")
def house(world: World) -> Iterator[Process]:
    settings = world.installation.settings
    environment = environment_for(settings.data_dir, settings.database_url)
    process = Process("all", settings.data_dir / "all", environment).start()
    yield process
    process.stop()


@pytest.fixture
def words(request: pytest.FixtureRequest) -> str:
    return f"Ms Zhou wants the second batch before the holiday ({request.node.name})."


Enter = Callable[..., Page]


@pytest.fixture
def enter(world: World, house: Process, new_context: NewContext) -> Enter:
    """A page as somebody sees it, once its scripts have begun."""

    def entered(person: str | None, path: str) -> Page:
        context: BrowserContext = new_context(
            viewport={"width": 1440, "height": 900}, locale="en-GB"
        )
        if person is not None:
            value = world.sign_in(person)
            context.add_cookies([{"name": COOKIE, "value": value, "url": house.url}])
        page = context.new_page()
        page.goto(house.url + path.format(**world.records))
        page.wait_for_load_state("networkidle")
        return page

    return entered


def said(world: World, words: str) -> int:
    """How many entries say this."""
    with world.reading() as session:
        query = select(func.count()).select_from(Entry).where(Entry.body == words)
        return session.scalar(query) or 0


def write(page: Page, words: str) -> None:
    page.locator("#composer textarea").fill(words)
    page.locator("#composer button.primary").click()


def test_what_was_written_without_a_connection_is_sent_once(
    world: World, enter: Enter, words: str
) -> None:
    """The text stays in the field, a sentence says so, and the entry is there when it is back."""
    page = enter("lin", "/customers/{huadong}")
    page.context.set_offline(True)
    write(page, words)
    kept = page.locator("#composer [data-kept]")
    expect(kept).to_contain_text("No connection. What you wrote is kept on this device")
    expect(page.locator("#composer textarea")).to_have_value(words)
    page.locator("#composer button.primary").click()
    assert said(world, words) == 0
    page.context.set_offline(False)
    expect(page.locator("#feed")).to_contain_text(words)
    expect(page.locator("#toasts")).to_contain_text("The connection is back. Your text was sent.")
    expect(page.locator("#composer textarea")).to_have_value("")
    page.wait_for_timeout(1500)
    assert said(world, words) == 1


def test_what_was_sent_and_never_answered_is_sent_once(
    world: World, enter: Enter, words: str
) -> None:
    """The server had it, the answer was lost on the way: sending it again adds nothing."""
    page = enter("lin", "/customers/{huadong}")

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    page.route("**/timeline", lose_the_answer, times=1)
    write(page, words)
    expect(page.locator("#composer [data-kept]")).to_contain_text("No connection.")
    expect(page.locator("#composer textarea")).to_have_value(words)
    assert said(world, words) == 1
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#composer textarea")).to_have_value("", timeout=SECONDS)
    expect(page.locator("#feed > .entry").filter(has_text=words)).to_have_count(1)
    assert said(world, words) == 1


def test_what_was_being_written_outlives_the_page(world: World, enter: Enter, words: str) -> None:
    """Not sent yet, the page closed and opened again: it is there, and only for its author."""
    page = enter("lin", "/customers/{huadong}")
    page.locator("#composer textarea").fill(words)
    page.reload()
    expect(page.locator("#composer textarea")).to_have_value(words)
    expect(page.locator("#composer [data-kept]")).to_contain_text("Your unsent text is back.")
    assert said(world, words) == 0


@pytest.mark.parametrize(("mine", "theirs", "side"), [("Wuxi", "Suzhou", "mine"),
                                                      ("Ningbo", "Wenzhou", "theirs")])  # fmt: skip
def test_two_who_edit_the_same_field_choose_which_value_stays(
    world: World, enter: Enter, mine: str, theirs: str, side: str
) -> None:
    """A stale edit: both values, who saved the other, and a choice; nothing is lost unseen."""
    lin, maya = (enter(person, "/customers/{huadong}") for person in ("lin", "maya"))
    for page, city in ((lin, mine), (maya, theirs)):
        field = page.locator("inline-edit:has(input[name=city])")
        field.locator(".value").click()
        field.locator("input[name=city]").fill(city)
    maya.keyboard.press("Enter")
    expect(maya.locator("#facts")).to_contain_text(theirs)
    lin.keyboard.press("Enter")
    dialog = lin.locator("#dialog")
    for said_there in (mine, theirs, "Maya Kaur"):
        expect(dialog).to_contain_text(said_there)
    assert city_of(world) == theirs
    dialog.locator(f'[data-side="{side}"]').first.check(force=True)
    dialog.locator("button.primary").click()
    expect(dialog).not_to_be_visible()
    kept = mine if side == "mine" else theirs
    expect(lin.locator("#facts")).to_contain_text(kept)
    assert city_of(world) == kept


def city_of(world: World) -> Any:
    found = world.api("lin").get(f"/api/v1/companies/{world.records['huadong']}")
    return found.get_json()["city"]


@pytest.mark.parametrize(
    ("megabytes", "sentence"),
    [(21, "A file can have at most 20 MB."), (30, "This file is too large.")],
)
def test_a_file_that_is_too_large_is_said_so_and_the_words_stay(
    world: World, enter: Enter, tmp_path: Path, words: str, megabytes: int, sentence: str
) -> None:
    """Above what a file may have, and above what any request may have."""
    page = enter("zhou", "/portal/conversation")
    film = tmp_path / "film.mp4"
    film.write_bytes(b"x" * megabytes * 1024 * 1024)
    page.locator("#composer input[type=file]").first.set_input_files(film)
    write(page, words)
    refused = page.locator("#composer [data-attached]")
    expect(refused).to_contain_text(sentence, timeout=SECONDS)
    expect(page.locator("#composer textarea")).to_have_value(words)
    assert said(world, words) == 0


def test_an_invitation_that_is_too_old_is_said_so(world: World, enter: Enter) -> None:
    path = House(world).invite("lin", "northwind", "nils@northwind.example")
    with world.writing() as session:
        session.execute(update(Invitation).values(expires_at=now() - timedelta(days=1)))
        session.commit()
    page = enter(None, path)
    expect(page.locator("main")).to_contain_text("This link no longer works")
    expect(page.locator("main form")).to_have_count(0)


def test_a_wrong_password_is_said_so_and_the_address_stays(enter: Enter) -> None:
    page = enter(None, "/login")
    page.locator("input[name=email]").fill("lin@beacon.example")
    page.locator("input[name=password]").fill("not hers")
    page.locator("main button.primary").click()
    expect(page.locator("main")).to_contain_text("The address or the password is not right.")
    expect(page.locator("input[name=email]")).to_have_value("lin@beacon.example")
    expect(page.locator("input[name=password]")).to_have_value("")


def test_a_record_that_is_gone_is_said_so_and_the_words_stay(
    world: World, enter: Enter, words: str
) -> None:
    """Archived by a colleague while one writes on it."""
    page = enter("jun", "/customers/{kessler}")
    page.locator("#composer textarea").fill(words)
    kessler = world.records["kessler"]
    assert world.client("na").post(f"/customers/{kessler}/archive").status_code == 303
    page.locator("#composer button.primary").click()
    expect(page.locator("#toasts")).to_contain_text("no longer exists, or is not yours to see")
    expect(page.locator("#composer textarea")).to_have_value(words)
    answer = page.goto(page.url)
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("main")).to_contain_text("Nothing here")
    assert said(world, words) == 0


def test_a_senseless_address_is_said_so(enter: Enter, house: Process) -> None:
    page = enter("lin", "/customers?cursor=nonsense")
    for path in ("/customers?cursor=nonsense", "/customers?tier=platinum", "/tasks?view=theirs"):
        page.goto(house.url + path)
        expect(page.locator("h1")).to_contain_text("Some entries need a correction")
        expect(page.locator("main li").first).to_be_visible()
