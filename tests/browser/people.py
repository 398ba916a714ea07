"""People with a browser each, who come in by the door and work with what they read."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page
from sqlalchemy import select

from concord.identity.models import User
from tests.browser.conftest import NewContext
from tests.concord.identity.house import HASH, PASSWORD
from tests.servers.concord import Process, environment_for
from tests.world import World

PATIENCE = 30_000
"""Milliseconds that a person of the tests waits for a screen; slow machines are not broken."""

DESK = (1440, 900)
PHONE = (390, 844)


class Words(TypedDict):
    """What the door says in a language."""

    address: str
    password: str
    enter: str


DOOR: dict[str, Words] = {
    "en": {"address": "Mail address", "password": "Password", "enter": "Sign in"},
    "zh": {"address": "邮箱地址", "password": "密码", "enter": "登录"},
}


@contextmanager
def serving(world: World, folder: Path, **environment: str) -> Iterator[Process]:
    """The world's house as a process of its own."""
    url = world.installation.settings.database_url
    process = Process("all", folder / "all", environment_for(folder, url, **environment))
    process.start()
    try:
        yield process
    finally:
        process.stop()


def browser_of(
    new_context: NewContext, *, language: str = "en", dark: bool = False, size: tuple[int, int]
) -> Page:
    """A fresh browser that nobody has signed in with yet."""
    context = new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="zh-CN" if language == "zh" else "en-GB",
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        has_touch=size is PHONE,
    )
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def enter(world: World, house: Process, page: Page, person: str, language: str) -> None:
    """`person` signs in with a password, and reads everything in `language` from now on."""
    with world.writing() as session:
        user = session.scalars(select(User).where(User.id == world.people[person])).one()
        user.password_hash = HASH
        user.language = language
        email = user.email
        session.commit()
    words = DOOR[language]
    page.goto(f"{house.url}/login")
    page.get_by_label(words["address"]).fill(email)
    page.get_by_label(words["password"]).fill(PASSWORD)
    page.get_by_role("button", name=words["enter"], exact=True).click()
    page.wait_for_url(lambda url: "/login" not in url)


def picture(name: str, colour: tuple[int, int, int]) -> FilePayload:
    """A photo, larger than any preview of it."""
    out = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(out, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": out.getvalue()}


def drop(page: Page, file: FilePayload) -> None:
    """Let a file fall somewhere on the page."""
    page.evaluate(
        """([name, type, bytes]) => {
          const data = new DataTransfer()
          data.items.add(new File([new Uint8Array(bytes)], name, { type }))
          for (const kind of ['dragover', 'drop']) document.body.dispatchEvent(
            new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }))
        }""",
        [file["name"], file["mimeType"], list(file["buffer"])],
    )


def find(page: Page, text: str) -> Locator:
    """Open the palette and type; gives the first of what it found."""
    page.wait_for_selector("concord-palette:defined", state="attached")
    page.keyboard.press("Control+k")
    page.locator(".palette input").fill(text)
    return page.locator(".palette [role=option]").first
