"""The inbox by keyboard, and the bell of a record, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from concord.identity.sessions import COOKIE
from tests.browser.conftest import NewContext
from tests.concord.notifications.telling import inbox_entries, write_on
from tests.servers.concord import Process
from tests.world import World


@pytest.fixture
def page(world: World, house: Process, new_context: NewContext) -> Page:
    context = new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.add_cookies([{"name": COOKIE, "value": world.sign_in("lin"), "url": house.url}])
    opened = context.new_page()
    opened.goto(house.url)
    return opened


def test_lines_are_walked_and_marked_by_keyboard(world: World, page: Page) -> None:
    write_on(world, "anna", "huadong", "@Lin, the first.", mentions=["lin"])
    write_on(world, "anna", "hengtai", "@Lin, the second.", mentions=["lin"])
    page.reload()
    page.locator(".bell").click()
    lines = page.locator("#inbox .notes > li")
    expect(lines.nth(1)).to_be_visible()
    page.keyboard.press("j")
    expect(lines.nth(0).locator(".what")).to_be_focused()
    page.keyboard.press("j")
    expect(lines.nth(1).locator(".what")).to_be_focused()
    before = page.locator("#inbox-unread").inner_text()
    page.keyboard.press("e")
    expect(lines.nth(1)).not_to_have_class("new")
    expect(page.locator("#inbox-unread")).not_to_have_text(before)
    expect(lines.nth(1).locator(".what")).to_be_focused()
    page.keyboard.press("e")
    expect(lines.nth(1)).to_have_class("new")
    expect(page.locator("#inbox-unread")).to_have_text(before)
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/suppliers/*")


def test_a_topic_is_muted_from_a_line_and_taken_back(world: World, page: Page) -> None:
    write_on(world, "anna", "huadong", "A note.")
    page.reload()
    page.locator(".bell").click()
    page.locator("#inbox .seg a", has_text="Unread").click()
    line = page.locator("#inbox .notes > li").first
    line.hover()
    line.locator("[popovertarget]").click()
    page.get_by_role("button", name="Always; keep in the digest").click()
    expect(page.locator(".toast")).to_contain_text("Conversations")
    entry_id = write_on(world, "anna", "hengtai", "Another note.")
    muted = write_on(world, "anna", "huadong", "Unheard.")
    assert muted not in inbox_entries(world, "lin")
    assert entry_id not in inbox_entries(world, "lin")
    page.locator(".toast button", has_text="Undo").click()
    page.wait_for_timeout(500)
    heard = write_on(world, "anna", "huadong", "Heard again.")
    assert heard in inbox_entries(world, "lin")


def test_the_bell_of_a_record_follows_it(world: World, page: Page, house: Process) -> None:
    page.goto(f"{house.url}/customers/{world.records['huadong']}")
    page.locator(".follow > button").click()
    page.get_by_role("button", name="Mute").click()
    expect(page.locator(".follow > button")).to_have_attribute("title", "What you are told: Mute")
    unheard = write_on(world, "anna", "huadong", "@Lin, unheard.", mentions=["lin"])
    assert unheard not in inbox_entries(world, "lin")
