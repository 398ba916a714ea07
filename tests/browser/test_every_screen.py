"""Every screen, in both languages, themes and widths: axe finds nothing, nothing overflows,
no script breaks and the content security policy stays silent.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from concord.identity.models import User
from concord.identity.sessions import COOKIE
from tests.browser.conftest import NewContext
from tests.concord.lists.test_archived import put_away
from tests.servers.concord import Process, environment_for
from tests.world import World

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SCREENS = {
    None: ("/login", "/password/forgot", "/no-such-page"),
    "lin": (
        "/", "/customers", "/customers/{huadong}", "/customers/new", "/suppliers",
        "/suppliers/{hengtai}", "/contacts/{zhou_min}", "/tasks", "/tasks/{iso_certificate}",
        "/knowledge", "/knowledge/{promise_dates}", "/date-requests",
        "/date-requests/{torque_stand_parts}", "/notifications", "/preferences", "/api/docs",
        "/settings/notifications", "/records/{huadong}/files",
        "/settings/security", "/settings/devices", "/settings/language", "/confirm",
        "/search?q=certificate", "/search?q=zyxw", "/people/1",
        "/settings/security/app", "/settings/security/passkeys/new",
        "/contacts", "/customers?group=owner&columns=name,tier,employees", "/keys",
        "/customers?filter=tier:any_of:gold,silver;(city:contains:su|margin:over:100)",
        "/customers?layout=board", "/tasks?layout=list&view=all", "/tasks?layout=calendar&view=all",
        "/lists/customers/filter", "/lists/customers/filter?for=customer_since&op=between",
        "/lists/customers/columns", "/lists/customers/sort", "/lists/customers/views",
        "/settings/bulk", "/bulk/{tagging}", "/lists/customers/bulk/edit?ids={huadong}",
        "/customers?view=all&archived=1", "/records/{huadong}/peek",
        "/customers?group=tags&columns=name,tags,owner", "/search?q=kessler&archived=1",
        "/lists/customers/bulk/tag?ids={huadong}", "/lists/customers/bulk/export?all=1",
    ),
    "na": (
        "/settings", "/settings/people", "/settings/teams", "/settings/roles",
        "/settings/webhooks", "/settings/webhooks/new", "/settings/webhooks/{webhook_planning}",
        "/settings/portal", "/settings/sign-in", "/settings/sign-in/providers/new",
        "/settings/tokens", "/settings/design",
        "/settings/jobs",
        "/settings/jobs/schedules", "/settings/audit",
        "/settings/roles/3", "/settings/teams/1", "/settings/people/2", "/settings/invitations",
        "/settings/organisation", "/settings/calendar",
        "/settings/tags", "/settings/tags/1",
    ),
    "zhou": (
        "/portal/", "/portal/conversation", "/portal/files", "/portal/knowledge",
        "/portal/knowledge/{zero_after_transport}", "/portal/profile", "/portal/colleagues",
        "/notifications", "/settings/notifications", "/portal/search?q=certificate",
        "/settings/security", "/settings/devices", "/settings/language",
    ),
    "huang": ("/portal/", "/portal/dates", "/portal/dates/{torque_stand_parts}"),
}  # fmt: skip
LOOKS = [("en", "light", 1440), ("zh", "dark", 1440), ("zh", "light", 390), ("en", "dark", 390)]


@pytest.fixture
def house(world: World, tmp_path: Path) -> Iterator[Process]:
    url = world.installation.settings.database_url
    process = Process("all", tmp_path / "all", environment_for(tmp_path, url))
    yield process.start()
    process.stop()


Look = tuple[str, str, int]


def context_of(
    world: World, house: Process, new_context: NewContext, person: str | None, look: Look
) -> BrowserContext:
    language, theme, width = look
    height = 900 if width > 720 else 844
    context = new_context(
        viewport={"width": width, "height": height},
        color_scheme=theme,
        locale="zh-CN" if language == "zh" else "en-GB",
        reduced_motion="reduce",
    )
    if person is not None:
        speak(world, person, language)
        context.add_cookies([{"name": COOKIE, "value": world.sign_in(person), "url": house.url}])
    return context


def speak(world: World, person: str, language: str) -> None:
    with world.writing() as session:
        session.get_one(User, world.people[person]).language = language
        session.commit()


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_every_screen_is_fit_to_be_seen(
    world: World, house: Process, new_context: NewContext, look: Look
) -> None:
    put_away(world, "lin", "kessler")
    for person, paths in SCREENS.items():
        page = context_of(world, house, new_context, person, look).new_page()
        problems: list[str] = []
        _listen(page, problems)
        for path in paths:
            answer = page.goto(house.url + path.format(**world.records))
            assert answer is not None
            assert answer.status == (404 if "no-such" in path else 200), (person, path)
            page.wait_for_timeout(150)
            found = [problem for problem in problems if "404" not in problem]
            assert not found, (person, path, found)
            assert not _overflow(page), f"{path} is wider than the screen"
            assert not violations(page), (person, path, violations(page))


def _listen(page: Page, problems: list[str]) -> None:
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))


def _overflow(page: Page) -> bool:
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "rules => axe.run({runOnly: rules}).then(r => r.violations.map(v =>"
        " `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')}`))",
        RULES,
    )
    return [str(violation) for violation in found]
