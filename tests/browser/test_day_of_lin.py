"""A day of Lin Chen, who sells: her own words in English, her customers' names in Chinese."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import people
from tests.browser.conftest import NewContext
from tests.servers.concord import Process
from tests.world import World, copied

expect.set_options(timeout=people.PATIENCE)
HUADONG, SUZHOU, KESSLER = "华东精密制造", "苏州光学", "凯斯勒运输"
CALL = "Ms Zhou agrees to two batches; she wants both dates in writing."


@pytest.fixture
def world(told_in_chinese: World, tmp_path: Path) -> Iterator[World]:
    found = copied(told_in_chinese, tmp_path)
    yield found
    found.close()


@pytest.fixture
def page(world: World, house: Process, new_context: NewContext) -> Page:
    """Lin has signed in and sees her day."""
    opened = people.browser_of(new_context, size=people.DESK)
    people.enter(world, house, opened, "lin", "en")
    return opened


def test_lin_talks_to_a_customer(page: Page) -> None:
    """She finds Huadong by its pinyin, logs a call, shows a picture, and follows what comes."""
    expect(page.get_by_role("heading", name="Workbench")).to_be_visible()
    expect(page.locator("main")).to_contain_text("发送 ISO 9001 证书")

    expect(people.find(page, "hdjm")).to_contain_text(HUADONG)
    page.keyboard.press("Enter")
    page.wait_for_url("**/customers/*")
    expect(page.get_by_role("heading", name=HUADONG)).to_be_visible()

    people.find(page, "huadong")
    command = page.get_by_role("option", name=f"Log a call with {HUADONG}")
    expect(command).to_be_visible()
    while command.get_attribute("aria-selected") != "true":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    composer = page.locator("#composer")
    expect(composer.get_by_label("Kind")).to_have_value("call")
    expect(composer.locator("textarea")).to_be_focused()
    page.keyboard.type(CALL)
    page.keyboard.press("Control+Enter")
    call = page.locator("#feed .entry", has_text=CALL)
    expect(call).to_contain_text("Call")
    expect(call).to_contain_text("Internal")

    people.drop(page, people.picture("Plant 2.png", (40, 110, 160)))
    expect(composer.locator("[name=file_ids]")).to_have_count(1)
    composer.locator("textarea").fill("The new line in plant 2.")
    composer.get_by_role("button", name="Post").click()
    shown = page.locator("#feed .entry", has_text="The new line").get_by_alt_text("Plant 2.png")
    shown.evaluate("image => image.scrollIntoView({ block: 'center' })")
    expect(shown).to_have_js_property("naturalWidth", 480)
    shown.click()
    expect(page.locator("dialog.lightbox img")).to_be_visible()
    page.keyboard.press("Escape")

    page.get_by_role("button", name="What you are told: As usual").click()
    page.get_by_role("button", name="Follow").click()
    expect(page.get_by_role("button", name="What you are told: Follow")).to_be_visible()


def test_lin_goes_through_her_customers(page: Page) -> None:
    """She keeps the silent ones as a view, corrects a cell, tags three, and takes that back."""
    page.get_by_role("link", name="Customers").click()
    narrow(page, "Owner", "is").select_option(label="me")
    apply(page)
    expect(page.locator("#filters")).to_contain_text("me")
    narrow(page, "Last activity", "longer ago than").fill("14")
    apply(page)
    expect(page.locator("#filters")).to_contain_text("longer ago than")
    expect(rows(page)).to_have_text([re.compile(SUZHOU)])

    page.get_by_role("link", name="Save view").click()
    page.get_by_label("Name").fill("Silent, and mine")
    page.get_by_role("button", name="Save view").click()
    tabs = page.get_by_role("navigation", name="Views")
    expect(tabs.get_by_role("link", name="Silent, and mine")).to_have_attribute(
        "aria-current", "page"
    )

    place = rows(page).filter(has_text=SUZHOU).locator("[data-field=city]")
    place.click()
    place.get_by_role("textbox").fill("苏州工业园")
    page.keyboard.press("Enter")
    expect(place).to_have_text("苏州工业园")

    tabs.get_by_role("link", name="All").click()
    for name in (HUADONG, SUZHOU, KESSLER):
        page.get_by_label(f"Select {name}").check()
    bar = page.get_by_role("toolbar", name="Selected rows")
    expect(bar).to_contain_text("3 selected")
    bar.get_by_role("button", name="Tag", exact=True).click()
    page.get_by_label("Tags").fill("Autumn visit")
    page.get_by_role("dialog").get_by_role("button", name="Tag", exact=True).click()
    toast = page.locator(".toast", has_text="Autumn visit")
    expect(toast).to_contain_text("Tagged 3 companies")
    toast.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast", has_text="Taken back")).to_be_visible()
    narrow(page, "Tags", "is any of")
    expect(page.get_by_role("dialog").get_by_label("Autumn visit")).to_be_visible()
    page.get_by_role("dialog").get_by_label("Autumn visit").check()
    apply(page)
    expect(page.locator("#found")).to_contain_text("Nothing found")


def test_lin_gives_her_list_away_as_a_file(page: Page) -> None:
    """What she exports is what she sees."""
    page.get_by_role("link", name="Customers").click()
    page.get_by_role("link", name="Export this list").click()
    page.get_by_label("CSV").check()
    with page.expect_download() as coming:
        page.get_by_role("dialog").get_by_role("button", name="Export").click()
    text = Path(coming.value.path()).read_text(encoding="utf-8-sig")
    assert text.startswith("Name,Tier,Owner,Location")
    assert HUADONG in text


def test_lin_finishes_a_task_on_the_board_without_the_mouse(page: Page) -> None:
    page.get_by_role("link", name="Tasks").click()
    page.get_by_role("link", name="Board").click()
    card = page.locator(".card", has_text="发送 ISO 9001 证书")
    expect(page.locator("[data-lane=open]")).to_contain_text("发送 ISO 9001 证书")
    card.get_by_role("button", name=re.compile("^Move")).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-lane=done]")).to_contain_text("发送 ISO 9001 证书")
    expect(page.locator("[data-lane=open]")).not_to_contain_text("发送 ISO 9001 证书")


def narrow(page: Page, field: str, how: str) -> Locator:
    """Choose a field and a comparison; gives where its value goes."""
    page.get_by_role("link", name="Add a filter").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("link", name=field, exact=True).click()
    dialog.get_by_label("How").select_option(label=how)
    value = dialog.get_by_label("With what")
    expect(value).to_be_visible()
    return value


def apply(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="Apply").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def rows(page: Page) -> Locator:
    return page.locator("#list-body tbody tr[data-id]")
