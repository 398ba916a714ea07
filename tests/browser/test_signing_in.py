"""Signing in as a browser does it: passkeys of a device, an app's codes, confirming in a dialog."""

from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import CDPSession, Page, WebSocket, expect
from sqlalchemy import update

from concord.clock import now
from concord.identity.models import SignedSession
from tests.browser.conftest import NewContext
from tests.concord.identity.house import PASSWORD, House
from tests.servers.concord import Process, environment_for
from tests.world import World

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
SECURITY = "/settings/security"


@pytest.fixture
def house(world: World) -> House:
    return House(world)


@pytest.fixture
def served(house: House, tmp_path: Path) -> Iterator[str]:
    """The house by name: browsers make no passkeys for numbers."""
    url = house.world.installation.settings.database_url
    process = Process("all", tmp_path / "all", environment_for(tmp_path, url))
    process.environment["CONCORD_BASE_URL"] = f"http://localhost:{process.port}"
    process.start()
    yield process.environment["CONCORD_BASE_URL"]
    process.stop()


def with_device(page: Page) -> tuple[CDPSession, str]:
    """Give the browser a device that keeps passkeys and says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session, made["authenticatorId"]


def enter(page: Page, served: str, email: str) -> None:
    page.goto(f"{served}/login")
    page.get_by_label("Mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page: Page, name: str) -> None:
    page.locator(f'a[href="{SECURITY}/passkeys/new"]').click()
    page.get_by_label("Name it").fill(name)
    page.get_by_role("button", name="Continue").click()


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


@pytest.mark.parametrize("person", ["lin", "vera"])
def test_a_passkey_is_made_and_signs_in_alone_and_beside_the_password(
    house: House, served: str, new_context: NewContext, person: str
) -> None:
    page = new_context(locale="en-GB").new_page()
    with_device(page)
    enter(page, served, house.email(person))
    page.goto(served + SECURITY)
    add_passkey(page, "My laptop")
    expect(page.locator("[data-codes] li")).to_have_count(10)
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("My laptop")).to_be_visible()
    sign_out(page)
    page.goto(f"{served}/login")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "/login" not in url)
    sign_out(page)
    enter(page, served, house.email(person))
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "/login" not in url)
    page.goto(served + SECURITY)
    expect(page.get_by_text("Last used")).to_be_visible()


def test_a_device_that_does_not_ask_its_owner_does_not_sign_in_alone(
    house: House, served: str, new_context: NewContext
) -> None:
    """Alone a passkey is both factors; without a finger or a code it would be only one."""
    page = new_context(locale="en-GB").new_page()
    session, device = with_device(page)
    enter(page, served, house.email("lin"))
    page.goto(served + SECURITY)
    add_passkey(page, "My laptop")
    page.get_by_role("button", name="I have kept them").click()
    sign_out(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto(f"{served}/login")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("[data-passkey-error]")).to_contain_text("Nothing came back")
    expect(page.get_by_label("Mail address")).to_be_visible()


def test_the_same_device_is_added_once(house: House, served: str, new_context: NewContext) -> None:
    page = new_context(locale="en-GB").new_page()
    with_device(page)
    enter(page, served, house.email("lin"))
    page.goto(served + SECURITY)
    add_passkey(page, "My laptop")
    page.get_by_role("button", name="I have kept them").click()
    add_passkey(page, "The same again")
    expect(page.locator("[data-passkey-error]")).to_contain_text("has a passkey for this account")


def test_an_app_is_set_up_in_a_dialog_that_asks_first(
    house: House, served: str, new_context: NewContext
) -> None:
    page = new_context(locale="en-GB").new_page()
    enter(page, served, house.email("lin"))
    page.goto(served + SECURITY)
    with house.world.writing() as session:
        session.execute(update(SignedSession).values(proved_at=None))
        session.commit()
    dialog = page.locator("#dialog")
    page.locator(f'a[href="{SECURITY}/app"]').click()
    dialog.get_by_label("Your password").fill(PASSWORD)
    dialog.get_by_role("button", name="Confirm").click()
    expect(dialog.locator("svg.square")).to_be_visible()
    secret = (dialog.locator(".secret").text_content() or "").replace(" ", "")
    dialog.get_by_label("Then type").fill("000000")
    dialog.get_by_role("button", name="Set up").click()
    expect(dialog.get_by_text("This is not the code")).to_be_visible()
    dialog.get_by_label("Then type").fill(pyotp.TOTP(secret).at(now()))
    dialog.get_by_role("button", name="Set up").click()
    expect(dialog.locator("[data-codes] li")).to_have_count(10)
    code = dialog.locator("[data-codes] li").first.text_content() or ""
    sign_out(page)
    enter(page, served, house.email("lin"))
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/login" not in url)
    expect(page.get_by_text("9 recovery codes left")).to_be_visible()


def test_signing_out_elsewhere_closes_what_is_open_there(
    house: House, served: str, new_context: NewContext
) -> None:
    """Within five seconds the other browser loses its socket, and goes to the door by itself."""
    here, there = (new_context(locale="en-GB").new_page() for _number in range(2))
    sockets: list[WebSocket] = []
    there.on("websocket", lambda socket: sockets.append(socket))
    for page in (here, there):
        enter(page, served, house.email("lin"))
        page.wait_for_url(lambda url: "/login" not in url)
    there.wait_for_timeout(1500)
    socket = sockets[-1]
    assert not socket.is_closed()
    here.goto(f"{served}/settings/devices")
    here.get_by_role("button", name="Sign out everywhere else").click()
    here.get_by_role("button", name="Yes").click()
    expect(here.get_by_text("All other devices are signed out.")).to_be_visible()
    there.wait_for_timeout(5000)
    assert socket.is_closed()
    expect(there.get_by_role("heading", name="Sign in")).to_be_visible()
    there.goto(f"{served}/tasks")
    expect(there.get_by_role("heading", name="Sign in")).to_be_visible()
