"""A day of Li Na, who looks after the house: people, rights, the name on the door, the machine."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from concord.webhooks.events import PING
from tests.browser import people
from tests.browser.conftest import NewContext
from tests.servers.concord import Process
from tests.servers.receiver import Receiver, receiving
from tests.world import World

expect.set_options(timeout=people.PATIENCE)
NEWCOMER = "ines.ruiz@beacon.example"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Another program of the house."""
    with receiving() as found:
        yield found


@pytest.fixture
def house(world: World, receiver: Receiver, tmp_path: Path) -> Iterator[Process]:
    allowed = f"127.0.0.1:{receiver.port}"
    with people.serving(world, tmp_path, CONCORD_OUTGOING_ALLOW=allowed) as process:
        yield process


@pytest.fixture
def page(world: World, house: Process, new_context: NewContext) -> Page:
    """Li Na has signed in and opened the settings."""
    opened = people.browser_of(new_context, dark=True, size=people.DESK)
    people.enter(world, house, opened, "na", "en")
    opened.get_by_role("navigation", name="Main", exact=True).get_by_role(
        "link", name="Settings"
    ).click()
    return opened


def settings(page: Page, name: str) -> None:
    """Open one of the pages that stand beside the settings."""
    page.get_by_role("navigation", name="Settings").get_by_role(
        "link", name=name, exact=True
    ).click()


def test_na_brings_a_colleague_in(page: Page) -> None:
    """She invites her, finds what she did in the audit, and that the letter left as a job."""
    settings(page, "People")
    page.get_by_role("link", name="Invite").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Inés Ruiz")
    dialog.get_by_label("Mail address").fill(NEWCOMER)
    dialog.get_by_label("Team").select_option(label="Sales")
    dialog.get_by_role("checkbox", name="Sales").check()
    dialog.get_by_role("button", name="Send the invitation").click()
    expect(page.locator(".toast")).to_be_visible()
    settings(page, "Invitations")
    expect(page.get_by_role("row", name="Inés Ruiz")).to_contain_text("Li Na")

    settings(page, "Audit")
    page.get_by_label("Who").select_option(label="Li Na")
    page.get_by_label("With what").select_option(label="Invitation")
    line = page.locator("#found tbody tr")
    expect(line).to_have_count(1)
    expect(line).to_contain_text("created Invitation")

    settings(page, "Jobs")
    page.get_by_label("State").select_option(label="Done")
    letter = page.locator("#found tbody tr").filter(has_text="Mail")
    letter.get_by_role("link").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("Done")


def test_na_changes_what_sales_may_do(world: World, page: Page) -> None:
    """She sees what will change before it does; then it counts at once."""
    before = world.actor("lin").grants["crm:company:archive"]
    settings(page, "Roles")
    page.get_by_role("link", name="Sales", exact=True).click()
    row = page.locator(".right", has=page.locator("[name='crm:company:archive']"))
    row.get_by_role("radio", name="None").check()
    page.get_by_role("button", name="Look at the changes").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Change what Sales may do?")
    expect(dialog.locator("ins")).to_have_text("None")
    assert world.actor("lin").grants["crm:company:archive"] is before
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    expect(row.get_by_role("radio", name="None")).to_be_checked()
    assert "crm:company:archive" not in world.actor("lin").grants


def test_na_looks_through_lins_eyes(page: Page) -> None:
    """The line above says so, nothing can be changed, and she comes back as herself."""
    settings(page, "People")
    page.get_by_role("searchbox").fill("lin ch")
    page.get_by_role("link", name="Lin Chen").click()
    page.get_by_role("button", name="Look as Lin Chen").click()
    banner = page.locator(".looking")
    expect(banner).to_contain_text("You see Concord as Lin Chen sees it.")
    expect(page.locator("main")).to_contain_text("Send ISO 9001 certificate")
    page.get_by_role("navigation", name="Main", exact=True).get_by_role(
        "link", name="Customers"
    ).click()
    page.get_by_role("link", name="Huadong Precision").click()
    expect(banner).to_be_visible()
    banner.get_by_role("button", name="Stop looking").click()
    expect(banner).to_have_count(0)
    expect(page.locator(".side .person")).to_contain_text("Li Na")


def test_na_hangs_out_a_new_sign(page: Page) -> None:
    settings(page, "Name and logo")
    page.get_by_label("Picture").set_input_files(people.picture("sign.png", (200, 120, 20)))
    page.get_by_role("button", name="Use this picture").click()
    expect(page.locator(".side .brand img")).to_be_visible()
    page.get_by_role("textbox", name="Name", exact=True).fill("Beacon & Daughters")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".toast")).to_contain_text("Saved.")
    expect(page.locator(".side .brand")).to_have_text("Beacon & Daughters")


def test_na_tells_another_program(page: Page, receiver: Receiver) -> None:
    settings(page, "Webhooks")
    page.get_by_role("link", name="New webhook").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Address").fill(f"{receiver.url}/ok")
    dialog.get_by_label("Everything, also what comes later").check()
    dialog.get_by_role("button", name="Make the webhook").click()
    expect(dialog.get_by_label("Secret")).to_be_visible()
    dialog.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_role("row", name="Test message")).to_contain_text("Delivered")
    assert PING in [json.loads(sent.body)["type"] for sent in receiver.received]
