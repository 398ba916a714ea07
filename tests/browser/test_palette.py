"""The palette by keyboard alone, as people use it: find, choose, go, do."""

import re

import pytest
from playwright.sync_api import Page, expect

from concord.identity.sessions import COOKIE
from concord.tags.actions import find_or_make, put_on
from concord.timeline.actions import post
from tests.browser.conftest import NewContext
from tests.browser.test_every_screen import violations
from tests.servers.concord import Process
from tests.world import World


def opened(world: World, house: Process, new_context: NewContext, width: int = 1440) -> Page:
    context = new_context(viewport={"width": width, "height": 844}, reduced_motion="reduce")
    context.add_cookies([{"name": COOKIE, "value": world.sign_in("lin"), "url": house.url}])
    page = context.new_page()
    page.goto(house.url + "/tasks")
    page.wait_for_selector("concord-palette:defined", state="attached")
    return page


def chosen(page: Page) -> str:
    """The option that a screen reader hears of."""
    active = page.locator(".palette input").get_attribute("aria-activedescendant")
    return page.locator(f"#{active}").inner_text()


def test_a_day_with_the_palette(world: World, house: Process, new_context: NewContext) -> None:
    page = opened(world, house, new_context)
    page.keyboard.press("Control+k")
    expect(page.locator(".palette input")).to_be_focused()
    page.keyboard.type("huad")
    expect(page.locator(".palette mark").first).to_have_text("Huad")
    assert "Huadong Precision" in chosen(page)
    assert not violations(page)
    page.keyboard.press("ArrowDown")
    assert "Huadong Precision" not in chosen(page).split("\n")[0]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/customers/{world.records['huadong']}$"))

    # "/" too; a call is logged from there without the mouse.
    page.wait_for_selector("concord-palette:defined", state="attached")
    page.keyboard.press("/")
    page.keyboard.type("huadong")
    option = page.get_by_role("option", name="Log a call with Huadong Precision")
    expect(option).to_be_visible()
    while "Log a call" not in chosen(page):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("dialog.palette")).to_have_count(0)
    expect(page.locator(".composer select[name=kind]")).to_have_value("call")
    expect(page.locator(".composer textarea")).to_be_focused()

    # Escape gives the page back as it was.
    page.locator(".composer textarea").blur()
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.palette")).to_have_count(0)

    # Commands open their dialogs, and change the language.
    page.keyboard.press("Control+k")
    page.keyboard.type(">new cust")
    expect(page.locator(".palette [role=option]").first).to_contain_text("New customer")
    page.keyboard.press("Enter")
    expect(page.locator("#dialog form")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type(">chinese")
    expect(page.locator(".palette [role=option]").first).to_contain_text("Switch to Chinese")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_letters_that_are_still_composed_are_not_searched(
    world: World, house: Process, new_context: NewContext
) -> None:
    page = opened(world, house, new_context)
    asked: list[str] = []
    page.on(
        "request", lambda sent: asked.append(sent.url) if "/search/palette" in sent.url else None
    )
    page.keyboard.press("Control+k")
    expect(page.locator(".palette [role=option]").first).to_be_visible()
    asked.clear()
    typing = page.context.new_cdp_session(page)
    typing.send("Input.imeSetComposition", {"text": "hua", "selectionStart": 3, "selectionEnd": 3})
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert not asked
    expect(page.locator("dialog.palette")).to_be_visible()
    typing.send("Input.insertText", {"text": "华东"})
    # Two characters, which sound like the name that this world knows.
    expect(page.locator(".palette [role=option]").first).to_contain_text("Huadong Precision")


def test_without_a_connection_it_says_so_and_keeps_the_words(
    world: World, house: Process, new_context: NewContext
) -> None:
    page = opened(world, house, new_context, width=390)
    page.get_by_role("link", name="Search").click()
    expect(page.locator(".palette input")).to_be_focused()
    page.route("**/search/palette*", lambda route: route.abort())
    page.keyboard.type("huad")
    expect(page.locator(".palette [data-failed]")).to_be_visible()
    assert not violations(page)
    page.unroute("**/search/palette*")
    page.keyboard.type("o")
    expect(page.locator(".palette [data-failed]")).to_be_hidden()
    expect(page.locator(".palette input")).to_have_value("huado")
    expect(page.locator(".palette [role=option]").first).to_contain_text("Huadong Precision")
    page.locator(".palette [role=option]").first.click()
    page.wait_for_url(re.compile(r"/customers/\d+$"))


def test_a_record_is_peeked_at_and_a_tag_leads_to_its_records(
    world: World, house: Process, new_context: NewContext
) -> None:
    with world.act("lin") as (session, actor):
        for tag in find_or_make(session, actor, ["重点客户", "Key account"]):
            put_on(session, actor, [world.records["kessler"]], tag)
    page = opened(world, house, new_context)
    page.keyboard.press("Control+k")
    expect(page.locator(".palette input")).to_be_focused()
    page.keyboard.type("huad")
    expect(page.locator(".palette mark").first).to_have_text("Huad")
    page.keyboard.press("Control+Enter")
    sheet = page.locator("#sheet")
    expect(sheet.get_by_role("heading", name="Huadong Precision")).to_be_visible()
    expect(sheet.get_by_role("link", name="Open")).to_be_visible()
    expect(page.locator("dialog.palette")).to_have_count(0)
    assert not violations(page)
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert page.url.endswith("/tasks")

    page.keyboard.press("Control+k")
    expect(page.locator(".palette input")).to_be_focused()
    page.keyboard.type("#zdkh")
    expect(page.get_by_role("option", name="Kessler Transport")).to_be_visible()
    page.locator(".palette input").fill("#")
    expect(page.get_by_role("option", name="Key account")).to_be_visible()
    while "Key account" not in chosen(page):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".palette input")).to_have_value("#Key account ")
    expect(page.get_by_role("option", name="Kessler Transport")).to_be_visible()
    assert not violations(page)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/customers/{world.records['kessler']}$"))


@pytest.mark.parametrize("width", [1440, 390])
def test_words_far_down_a_timeline_are_in_view_when_they_are_chosen(
    world: World, house: Process, new_context: NewContext, width: int
) -> None:
    with world.act("lin") as (session, actor):
        huadong = world.record(session, "huadong")
        found = post(session, actor, huadong, kind="note", body="Zyxw was said long ago.").id
        for number in range(130):
            post(session, actor, huadong, kind="note", body=f"Later {number}.")
    page = opened(world, house, new_context, width)
    page.goto(f"{house.url}/search?q=zyxw")
    page.locator(".hits .said").first.locator("xpath=..").get_by_role("link").click()
    entry = page.locator(f"#entry-{found}")
    expect(entry).to_be_in_viewport()
    assert not violations(page)

    # Upwards, a hundred at a time, until nothing is missing; then the page is as any other.
    newer = page.get_by_role("link", name="Show newer")
    newer.click()
    expect(page.get_by_text("Later 100.", exact=True)).to_be_attached()
    newer.click()
    expect(newer).to_have_count(0)
    texts = page.locator(".feed .entry .body").all_inner_texts()
    later = [text.strip() for text in texts if text.startswith("Later")]
    assert later == [f"Later {number}." for number in reversed(range(130))]
