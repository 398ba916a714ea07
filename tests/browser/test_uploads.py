"""Files in a browser: dropped, pasted, uploaded with their progress, posted, looked at."""

import io

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import NewContext
from tests.browser.test_every_screen import context_of
from tests.servers.concord import Process
from tests.world import World

LOOK = ("en", "light", 1440)
DROP = """([kind, name, words]) => {
  const data = new DataTransfer()
  data.items.add(new File([words], name, { type: 'text/plain' }))
  const how = { bubbles: true, cancelable: true, dataTransfer: data }
  document.body.dispatchEvent(new DragEvent(kind, how))
}"""
PASTE = """() => {
  const data = new DataTransfer()
  data.items.add(new File(['not really a picture'], 'image.png', { type: 'image/png' }))
  const how = { bubbles: true, cancelable: true, clipboardData: data }
  document.body.dispatchEvent(new ClipboardEvent('paste', how))
}"""


@pytest.fixture
def page(world: World, house: Process, new_context: NewContext) -> Page:
    opened = context_of(world, house, new_context, "lin", LOOK).new_page()
    opened.goto(f"{house.url}/customers/{world.records['huadong']}")
    opened.wait_for_load_state("networkidle")
    return opened


def picture(colour: tuple[int, int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(out, "PNG")
    return out.getvalue()


def test_what_is_dropped_anywhere_says_first_who_will_read_it(page: Page) -> None:
    page.locator(".sides label", has_text="Customer").click()
    page.evaluate(DROP, ["dragover", "plan.txt", "The plan."])
    expect(page.locator(".veil")).to_contain_text("Read by everyone at Huadong Precision")
    page.evaluate(DROP, ["drop", "plan.txt", "The plan."])
    expect(page.locator(".veil")).to_have_count(0)
    expect(page.locator(".attached [name=file_ids]")).to_have_count(1)
    page.fill(".composer textarea", "Our plan.")
    page.locator(".composer .btn.primary").click()
    entry = page.locator(".feed .entry", has_text="Our plan.")
    expect(entry.locator(".file", has_text="plan.txt")).to_be_visible()
    expect(page.locator(".attached li")).to_have_count(0)


def test_a_pasted_picture_gets_a_name_of_its_own(page: Page) -> None:
    page.evaluate(PASTE)
    expect(page.locator(".attached li")).to_contain_text("Picture 20")
    page.locator(".attached .shut").click()
    expect(page.locator(".attached li")).to_have_count(0)


def test_what_is_refused_says_why_and_can_be_tried_again(page: Page) -> None:
    answers = iter([507, 200])

    def answer(route: object) -> None:
        if next(answers, 200) == 507:
            words = "<div data-error><p>The server has no room for this file.</p></div>"
            route.fulfill(status=507, body=words)  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route("**/files", answer)
    page.set_input_files(
        ".composer [data-attach]",
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"words"},
    )
    line = page.locator(".attached li")
    expect(line).to_contain_text("no room for this file")
    page.fill(".composer textarea", "With a file.")
    page.locator(".composer .btn.primary").click()
    expect(page.locator("[data-kept]")).to_contain_text("not uploaded")
    expect(page.locator(".composer textarea")).to_have_value("With a file.")
    line.locator(".again").click()
    expect(line.locator("[name=file_ids]")).to_have_count(1)
    page.locator(".composer .btn.primary").click()
    expect(page.locator(".feed .entry", has_text="With a file.").locator(".file")).to_be_visible()


def test_pictures_open_large_and_arrows_lead_on(page: Page) -> None:
    sent: list[FilePayload] = [
        {"name": f"{name}.png", "mimeType": "image/png", "buffer": picture(colour)}
        for name, colour in (("Red", (200, 30, 30)), ("Blue", (30, 30, 200)))
    ]
    page.set_input_files(".composer [data-attach]", sent)
    expect(page.locator(".attached [name=file_ids]")).to_have_count(2)
    page.locator(".composer .btn.primary").click()
    shots = page.locator(".feed .shot img")
    expect(shots).to_have_count(2)
    for n in (0, 1):
        expect(shots.nth(n)).to_have_js_property("naturalWidth", 480)
    first, second = (shots.nth(n).get_attribute("alt") for n in (0, 1))
    shots.first.click()
    box = page.locator("dialog.lightbox")
    expect(box.locator("img")).to_have_attribute("alt", str(first))
    page.keyboard.press("ArrowRight")
    expect(box.locator("img")).to_have_attribute("alt", str(second))
    page.keyboard.press("Escape")
    expect(box).not_to_be_visible()


def test_all_files_of_a_record_lie_in_the_sheet(page: Page) -> None:
    page.locator(".stream a[data-sheet]").click()
    expect(page.locator("#sheet #record-files")).to_be_visible()
    page.locator("#sheet [name=kind]").select_option("picture")
    expect(page.locator("#sheet .empty")).to_contain_text("No such files")
    page.locator("#sheet [name=kind]").select_option("")
    row = page.locator("#sheet .files-list > li").first
    name = row.locator("a.truncate").inner_text()
    row.locator("a.truncate").click()
    expect(page.locator("#dialog h2")).to_have_text(name)


def test_a_new_version_stays_in_its_dialog_and_shows_behind_it(page: Page) -> None:
    page.set_input_files(".composer [data-attach]", plain("plan.txt"))
    expect(page.locator(".attached [name=file_ids]")).to_have_count(1)
    page.fill(".composer textarea", "Our plan.")
    page.locator(".composer .primary").click()
    about = page.get_by_role("link", name="About plan.txt")
    expect(about).to_be_visible()
    page.fill(".composer textarea", "Half a thought")
    about.click()
    page.set_input_files(".new-version [type=file]", plain("plan-2.txt"))
    page.locator(".new-version button").click()
    expect(page.locator("dialog .versions li")).to_have_count(2)
    expect(page.locator("#feed .file").first).to_contain_text("plan-2.txt")
    expect(page.locator(".composer textarea")).to_have_value("Half a thought")


def plain(name: str) -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": b"The plan."}
