"""A day of Huang Lei, who supplies castings and turned parts: on his phone, in the evening."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser import people
from tests.browser.conftest import NewContext
from tests.servers.concord import Process
from tests.world import World

expect.set_options(timeout=people.PATIENCE)


@pytest.fixture
def phone(world: World, house: Process, new_context: NewContext) -> Page:
    """Huang Lei has signed in and sees what waits for him."""
    page = people.browser_of(new_context, dark=True, size=people.PHONE)
    people.enter(world, house, page, "huang", "en")
    return page


def test_huang_answers_the_dates(phone: Page) -> None:
    """The first line as it is wanted, the second a week later, with the reason."""
    expect(phone.locator("main")).to_contain_text("One thing waits for your answer.")
    phone.get_by_role("link", name="Answer:").click()
    lines = phone.locator("[data-line]")
    expect(lines).to_have_count(2)
    wanted = [date.fromisoformat(line.get_attribute("data-wanted") or "") for line in lines.all()]
    lines.nth(0).get_by_role("radio").first.check()
    lines.nth(1).get_by_role("radio", name="Other date").check()
    lines.nth(1).get_by_label("Ready on").fill((wanted[1] + timedelta(days=7)).isoformat())
    expect(lines.nth(1)).to_contain_text("7 days later than wanted")
    lines.nth(1).get_by_role("group", name="Why").get_by_role("radio").first.check()
    bar = phone.get_by_role("region", name="Your answer")
    expect(bar).to_contain_text("2/2")
    bar.get_by_role("button", name="Send").click()
    expect(phone.locator("[data-line][data-done]")).to_have_count(2)
    expect(lines.nth(1)).to_contain_text("7 days late")
    phone.get_by_role("link", name="Back to the dates").click()
    expect(phone.locator("main")).to_contain_text("1 line late")


def test_huang_sends_a_drawing_and_then_a_better_one(phone: Page) -> None:
    """The link stays; the first version is still there."""
    phone.get_by_role("link", name="Answer:").click()
    phone.get_by_label("Attach files").set_input_files(
        text("Plan.txt", "Measured at three points.")
    )
    expect(phone.locator("#composer [name=file_ids]")).to_have_count(1)
    phone.get_by_role("textbox", name="Message").fill("How we measure the parts.")
    phone.locator("#composer").get_by_role("button", name="Send").click()
    sent = phone.locator("#feed .entry.mine", has_text="How we measure")
    sent.get_by_role("link", name="About Plan.txt").click()
    dialog = phone.get_by_role("dialog")
    dialog.get_by_label("A new version").set_input_files(text("Plan.txt", "At five points."))
    dialog.get_by_role("button", name="Upload").click()
    expect(phone.locator(".toast")).to_contain_text("Version 2 is the current one now.")
    expect(sent).to_contain_text("v2")
    versions = dialog.locator(".versions > li")
    expect(versions).to_have_count(2)
    expect(versions.first).to_contain_text("v2")
    expect(versions.first).to_contain_text("Current")
    with phone.expect_download() as coming:
        dialog.get_by_role("link", name="Download").click()
    assert Path(coming.value.path()).read_text(encoding="utf-8") == "At five points."


def test_huang_finds_what_is_his_alone(phone: Page) -> None:
    phone.get_by_role("link", name="Search").click()
    box = phone.get_by_role("searchbox")
    box.fill("torque")
    hits = phone.locator("#found .rows a")
    expect(hits.first).to_contain_text("orque")
    for other in ("Huadong", "Lianchuang", "floor price", "Kessler"):
        box.fill(other)
        expect(phone.locator("#found")).to_contain_text("Nothing found")
        box.fill("torque")
        expect(hits.first).to_contain_text("orque")


def test_huang_left_a_browser_open_at_work(
    world: World, house: Process, phone: Page, new_context: NewContext
) -> None:
    """From his phone he signs out everywhere else; the other browser goes to the door by itself."""
    office = people.browser_of(new_context, size=people.DESK)
    people.enter(world, house, office, "huang", "en")
    expect(office.get_by_role("heading", level=1)).to_contain_text("Huang Lei")

    phone.get_by_role("button", name="Account:").click()
    phone.get_by_role("link", name="Your profile").click()
    account = phone.get_by_role("navigation", name="Your account")
    account.get_by_role("link", name="Devices").click()
    devices = phone.locator(".devices > li")
    expect(devices).to_have_count(2)
    phone.get_by_role("button", name="Sign out everywhere else").click()
    phone.get_by_role("button", name="Yes").click()
    expect(devices).to_have_count(1)
    expect(devices).to_contain_text("This device")

    expect(office.get_by_role("heading", name="Sign in")).to_be_visible()
    office.goto(f"{house.url}/portal/dates")
    expect(office.get_by_role("heading", name="Sign in")).to_be_visible()
    phone.goto(f"{house.url}/portal/dates")
    expect(phone.get_by_role("heading", name="Dates", exact=True)).to_be_visible()


def text(name: str, words: str) -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": words.encode()}
