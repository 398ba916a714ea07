"""The main job, told in three browsers at once, none of which is ever reloaded.

Lin logs a call on Huadong Precision and mentions Maya; Maya's bell and timeline move. Lin writes to
the customer; Zhou Min reads it in the portal and answers; the answer is on Lin's screen. Huang Lei
of Hengtai confirms one date and moves another; Huadong's timeline says so at once, to staff only.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from concord.identity.models import User
from concord.identity.sessions import COOKIE
from tests.browser.conftest import NewContext
from tests.servers.concord import Process, environment_for
from tests.world import World, copied

LANGUAGES = ("en", "zh")
SAID = {
    "en": {
        "call": "Call with Ms Zhou, 24 minutes: the budget is confirmed.",
        "secret": "Floor price stays internal.",
        "sent": "The revised proposal is ready for you.",
        "answer": "Two batches are fine.",
        "bell": "mentioned you",
        "confirmed": "1",
    },
    "zh": {
        "call": "与周女士通话 24 分钟：预算已确认。",
        "secret": "底价请勿外传。",
        "sent": "修订后的方案已备好。",
        "answer": "分两批没有问题。",
        "bell": "提到了您",
        "confirmed": "1",
    },
}


@pytest.fixture(params=LANGUAGES)
def told(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[World, str]]:
    """The world, and its people, in one of the two languages."""
    template = "told_in_chinese" if request.param == "zh" else "told_on_sqlite"
    world = copied(request.getfixturevalue(template), tmp_path)
    with world.writing() as session:
        for user_id in world.people.values():
            session.get_one(User, user_id).language = request.param
        session.commit()
    yield world, request.param
    world.close()


@pytest.fixture
def house(told: tuple[World, str], tmp_path: Path) -> Iterator[Process]:
    settings = told[0].installation.settings
    process = Process("all", tmp_path / "all", environment_for(tmp_path, settings.database_url))
    yield process.start()
    process.stop()


def signed_in(world: World, house: Process, new_context: NewContext, person: str) -> BrowserContext:
    context = new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.add_cookies([{"name": COOKIE, "value": world.sign_in(person), "url": house.url}])
    return context


def watched(context: BrowserContext, url: str) -> Page:
    """A page that fails the test when it is loaded again or a script breaks."""
    page = context.new_page()
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.evaluate("window.neverReloaded = true")
    page.on("pageerror", lambda error: pytest.fail(f"a script broke: {error}"))
    return page


def never_reloaded(page: Page) -> bool:
    return bool(page.evaluate("window.neverReloaded === true"))


def write(page: Page, text: str, *, audience: str = "internal", kind: str | None = None) -> None:
    composer = page.locator("#composer")
    if page.locator(f"#composer input[name=audience][value={audience}]").count():
        page.locator(f"#composer label:has(input[value={audience}])").click()
    if kind:
        composer.locator("select[name=kind]").select_option(kind)
    composer.locator("textarea[name=body]").press_sequentially(text)
    composer.locator("button.primary").click()


def test_the_story(told: tuple[World, str], house: Process, new_context: NewContext) -> None:
    world, language = told
    said = SAID[language]
    huadong = f"{house.url}/customers/{world.records['huadong']}"
    lin = watched(signed_in(world, house, new_context, "lin"), huadong)
    maya = watched(signed_in(world, house, new_context, "maya"), huadong)
    zhou = watched(signed_in(world, house, new_context, "zhou"), f"{house.url}/portal/")

    # Lin logs a call and mentions Maya.
    unread = int(maya.locator(".bell").get_attribute("data-unread") or 0)
    composer = lin.locator("#composer")
    composer.locator("select[name=kind]").select_option("call")
    composer.locator("textarea[name=body]").press_sequentially(said["call"] + " @")
    lin.locator("[role=option]").filter(has_text=name_of(world, "maya")).first.click()
    composer.locator("button.primary").click()
    expect(lin.locator("#feed")).to_contain_text(said["call"])
    expect(maya.locator("#feed")).to_contain_text(said["call"])
    expect(maya.locator(".bell")).to_have_attribute("data-unread", str(unread + 1))
    maya.locator(".bell").click()
    expect(maya.locator("#sheet")).to_contain_text(said["bell"])
    maya.keyboard.press("Escape")

    # What is internal stays inside; what is for the customer appears in the portal.
    write(lin, said["secret"], kind="note")
    expect(maya.locator("#feed")).to_contain_text(said["secret"])
    write(lin, said["sent"], audience="customer", kind="message")
    expect(zhou.locator("#feed")).to_contain_text(said["sent"])
    expect(zhou.locator("body")).not_to_contain_text(said["secret"])
    expect(zhou.locator("body")).not_to_contain_text(said["call"])

    # Zhou Min answers, and Lin sees it.
    write(zhou, said["answer"])
    expect(lin.locator("#feed")).to_contain_text(said["answer"])
    expect(maya.locator("#feed")).to_contain_text(said["answer"])

    # Hengtai confirms one line and moves the other; Huadong's page says so to staff only.
    huang = signed_in(world, house, new_context, "huang").new_page()
    huang.goto(f"{house.url}/portal/")
    before = zhou.locator("#feed > .entry").count()
    answer_dates(huang, world)
    late = lin.locator("#feed .entry.event").filter(has_text=name_of(world, "huang"))
    expect(late.first).to_be_visible()
    expect(lin.locator(".bell")).not_to_have_attribute("data-unread", "0")
    assert zhou.locator("#feed > .entry").count() == before
    for page in (lin, maya, zhou):
        assert never_reloaded(page)


def answer_dates(huang: Page, world: World) -> None:
    """The first line on the wanted day, the second a week later with a reason."""
    huang.goto(
        f"{huang.url.split('/portal')[0]}/portal/dates/{world.records['torque_stand_parts']}"
    )
    lines = huang.locator("[data-line]")
    expect(lines).to_have_count(2)
    lines.nth(0).locator("label.choose:has(input[value=wanted])").click()
    lines.nth(1).locator("label.choose:has(input[value=other])").click()
    wanted = date.fromisoformat(lines.nth(1).get_attribute("data-wanted") or "")
    lines.nth(1).locator("[data-day]").fill((wanted + timedelta(days=7)).isoformat())
    lines.nth(1).locator("[data-why] label").first.click()
    huang.locator("[data-send-dates]:visible").first.click()
    expect(huang.locator("[data-line][data-done]")).to_have_count(2)


def name_of(world: World, person: str) -> re.Pattern[str]:
    return re.compile(re.escape(world.actor(person).name))
