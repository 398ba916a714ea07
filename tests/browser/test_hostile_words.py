"""D01, D08: the worst that anybody can write, looked at by everybody in a real browser."""

import http.server
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from concord.identity.sessions import COOKIE
from concord.web.headers import CONTENT_SECURITY_POLICY
from tests.attacks.poison import LINE, LINK, PAGES, REFLECTED, TEXT, Poisoned, poison
from tests.browser.conftest import NewContext
from tests.servers.concord import Process, environment_for
from tests.world import World, copied

# Whatever manages to run, or is stopped only by the content security policy, leaves a mark.
WATCH = """
window.ran = []
window.pwn = (...words) => window.ran.push('a script of theirs ran')
window.alert = window.confirm = window.prompt = () => window.ran.push('a box was opened')
addEventListener('securitypolicyviolation', event =>
  window.ran.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`))
"""
FOREIGN = """
[...document.querySelectorAll('*')].flatMap(element => [...element.attributes].map(attribute =>
  [element.localName, attribute.name, attribute.value])).filter(([tag, name, value]) =>
    /^on|^hx-on|^style$/.test(name) || /^\\s*(javascript|vbscript|data:text)/i.test(value)
    && !['value', 'title', 'aria-label', 'placeholder', 'content'].includes(name))
"""


@pytest.fixture(scope="module")
def poisoned(told_on_sqlite: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poisoned]:
    folder = tmp_path_factory.mktemp("poisoned")
    world = copied(told_on_sqlite, folder)
    yield poison(world)
    world.close()


@pytest.fixture(scope="module")
def house(poisoned: Poisoned) -> Iterator[Process]:
    settings = poisoned.world.installation.settings
    environment = environment_for(settings.data_dir, settings.database_url)
    process = Process("all", settings.data_dir / "all", environment).start()
    yield process
    process.stop()


class Reader:
    """Somebody who looks, and whose browser tells what it should not have done."""

    def __init__(self, context: BrowserContext, house: Process, poisoned: Poisoned) -> None:
        self.house, self.poisoned, self.problems = house, poisoned, list[str]()
        context.add_init_script(WATCH)
        self.page: Page = context.new_page()
        self.page.on("dialog", self._boxed)
        self.page.on("pageerror", lambda error: self.problems.append(f"broke: {error}"))
        self.page.on("console", lambda said: self._heard(said.text))
        self.page.on("request", lambda asked: self._asked(asked.url))

    def open(self, path: str, *, status: int | None = 200) -> None:
        answer = self.page.goto(self.house.url + self.poisoned.path(path))
        assert answer is not None
        assert status is None or answer.status == status, (path, answer.status)
        self.check(path)

    def check(self, where: str) -> None:
        self.problems += self.page.evaluate("window.ran")
        self.problems += [str(one) for one in self.page.evaluate(FOREIGN)]
        assert not self.problems, (where, self.problems)

    def _boxed(self, box: Dialog) -> None:
        self.problems.append(box.message)
        box.dismiss()

    def _heard(self, words: str) -> None:
        if "Content Security Policy" in words:
            self.problems.append(words)

    def _asked(self, url: str) -> None:
        """Nothing is fetched but from the house; a picture named x would be."""
        if not url.startswith(self.house.url) or urlsplit(url).path.rpartition("/")[2] == "x":
            self.problems.append(f"asked for {url}")


Look = Callable[[str | None], Reader]


@pytest.fixture
def reader(new_context: NewContext, house: Process, poisoned: Poisoned) -> Look:
    def look(person: str | None) -> Reader:
        context = new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
        if person is not None:
            value = poisoned.world.sign_in(person)
            context.add_cookies([{"name": COOKIE, "value": value, "url": house.url}])
        return Reader(context, house, poisoned)

    return look


def test_the_watch_sees_what_is_tried(reader: Look) -> None:
    """Else the silence of the others would say nothing."""
    looking = reader(None)
    headers = {"Content-Security-Policy": CONTENT_SECURITY_POLICY}
    page = f"<!doctype html><p title='{LINE}'>{LINE}</p>"
    looking.page.route(
        "**/trap", lambda route: route.fulfill(body=page, content_type="text/html", headers=headers)
    )
    with pytest.raises(AssertionError, match="script-src"):
        looking.open("/trap")


@pytest.mark.parametrize("person", PAGES)
def test_whoever_opens_a_page_reads_words_and_runs_nothing(reader: Look, person: str) -> None:
    """D01: no dialog, no script, no stopped attempt, no request, on every page that shows it."""
    looking = reader(person)
    for path in PAGES[person]:
        looking.open(path)


@pytest.mark.parametrize("person", REFLECTED)
def test_whoever_follows_a_link_with_words_in_it_runs_nothing(
    reader: Look, person: str | None
) -> None:
    """D01: reflected."""
    looking = reader(person)
    for pattern in REFLECTED[person]:
        for attack in (LINE, LINK):
            url = pattern.replace("{}", quote(attack, safe="")).replace("{", "%7B")
            looking.open(url, status=None)


def test_what_arrives_while_one_looks_runs_nothing_either(reader: Look, poisoned: Poisoned) -> None:
    """D01: an entry merged into the page, the bell's sheet, a list of people, a toast, a dialog."""
    world = poisoned.world
    looking = reader("maya")
    looking.open("/customers/{huadong}")
    page = looking.page
    entries = page.locator("#feed > .entry")
    page.wait_for_load_state("networkidle")
    known = entries.count()
    path = f"{looking.house.url}/api/v1/records/{world.records['huadong']}/timeline"
    said = {"body": TEXT, "audience": "customer", "mentions": [world.people["maya"]]}
    token = {"Authorization": f"Bearer {world.token('anna')}"}
    page.request.post(path, data=said, headers=token)
    expect(entries).to_have_count(known + 1)
    looking.check("an entry that arrived")
    page.locator(".bell").click()
    expect(page.locator("#sheet")).to_be_visible()
    looking.check("the bell's sheet")
    page.keyboard.press("Escape")
    page.locator("#composer textarea").press_sequentially("@script")
    expect(page.locator("[role=option]").first).to_be_visible()
    looking.check("people to mention")
    page.locator("[role=option]").first.click()
    page.locator("#composer textarea").press_sequentially(LINE)
    page.locator("#composer button.primary").click()
    expect(entries).to_have_count(known + 2)
    looking.check("an entry of one's own")


def test_toasts_dialogs_and_drafts_say_it_as_words(reader: Look, poisoned: Poisoned) -> None:
    """D01: a company's name in a toast and in a question; a draft that comes back."""
    looking = reader("lin")
    looking.open("/customers/{twin}")
    page = looking.page
    page.locator("#composer textarea").fill(TEXT)
    page.reload()
    expect(page.locator("#composer textarea")).to_have_value(TEXT)
    looking.check("a draft")
    page.evaluate(
        "message => document.dispatchEvent(new CustomEvent('concord:toast', {detail: {message}}))",
        LINE,
    )
    expect(page.locator("#toasts .toast").last).to_contain_text("<script>")
    looking.check("a toast of a script")
    form = {"X-CSRF-Token": page.locator("meta[name=csrf-token]").get_attribute("content") or ""}
    twin = poisoned.records["twin"]
    answer = page.request.post(f"{looking.house.url}/customers/{twin}/archive", headers=form)
    assert answer.ok
    looking.open("/customers")
    looking.open("/customers/{twin}", status=410)


def test_a_stale_edit_shows_both_values_as_words(reader: Look, poisoned: Poisoned) -> None:
    """D01: in the dialog that asks which one stays."""
    looking = reader("lin")
    looking.open("/customers/{huadong}")
    page = looking.page
    city = page.locator("inline-edit:has(input[name=city])")
    city.locator(".value").click()
    city.locator("input[name=city]").fill(LINE + " mine")
    other = {"city": LINE + " theirs"}
    huadong = poisoned.world.records["huadong"]
    poisoned.world.api("maya").patch(f"/api/v1/companies/{huadong}", json=other)
    page.keyboard.press("Enter")
    dialog = page.locator("#dialog")
    expect(dialog).to_contain_text(LINE + " theirs")
    expect(dialog).to_contain_text(LINE + " mine")
    looking.check("the choice between two values")


class Elsewhere(http.server.SimpleHTTPRequestHandler):
    """Another site, which serves one page and says nothing on the terminal."""

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    handler = partial(Elsewhere, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}", tmp_path
        server.shutdown()


def test_no_other_site_puts_a_page_of_ours_in_a_frame(
    new_context: NewContext,
    house: Process,
    poisoned: Poisoned,
    elsewhere: tuple[str, Path],
) -> None:
    """D08: the browser shows nothing there, whoever is signed in."""
    url, folder = elsewhere
    context = new_context()
    value = poisoned.world.sign_in("huang")
    context.add_cookies([{"name": COOKIE, "value": value, "url": house.url}])
    page = context.new_page()
    stopped: list[str] = []
    page.on("console", lambda said: stopped.append(said.text))
    for path in ("/login", "/portal/", "/portal/dates", "/files/1"):
        stopped.clear()
        frame = f'<!doctype html><h1>Win</h1><iframe name="ours" src="{house.url}{path}"></iframe>'
        (folder / "page.html").write_text(frame)
        page.goto(f"{url}/page.html")
        page.wait_for_load_state("networkidle")
        framed = page.locator("iframe").element_handle().content_frame()
        assert framed is not None
        assert not framed.url.startswith(house.url), path
        assert framed.locator("main").count() == 0, path
        assert any("frame-ancestors" in words or "X-Frame" in words for words in stopped), path
