"""A real browser for browser tests, which sees this machine and nothing else."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.servers.concord import Process, environment_for
from tests.world import World

ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]

# A click right after a link would otherwise be quicker than the scripts of the page it led to.
PATIENT = """
const still = new CSSStyleSheet()
still.replaceSync('* { pointer-events: none !important }')
document.adoptedStyleSheets = [still]
addEventListener('DOMContentLoaded', () => { document.adoptedStyleSheets = [] })
"""

NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Root, as in a container, needs --no-sandbox."""
    arguments = [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else ARGUMENTS
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield started
        started.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[NewContext]:
    """Opens browsers that share no cookie, one for each person; takes what new_context takes."""
    opened: list[BrowserContext] = []

    def open_context(**options: object) -> BrowserContext:
        opened.append(browser.new_context(**options))  # type: ignore[arg-type]
        opened[-1].add_init_script(PATIENT)
        return opened[-1]

    yield open_context
    for context in opened:
        context.close()


@pytest.fixture
def house(world: World, tmp_path: Path) -> Iterator[Process]:
    """The world's house as a process of its own."""
    url = world.installation.settings.database_url
    process = Process("all", tmp_path / "all", environment_for(tmp_path, url))
    yield process.start()
    process.stop()
