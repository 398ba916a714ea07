"""Signing in through a provider, step by step, as a browser does."""

import html
import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from concord.identity.oidc import providers
from concord.identity.oidc.models import Provider
from tests.concord.identity.house import House, forget_form_token
from tests.servers.oidc import CLIENT, SECRET, FakeProvider, RealProvider
from tests.world import Browser


def known(house: House, provider: FakeProvider | RealProvider, **values: Any) -> str:
    """Set a provider up in the house; gives its key."""
    host = provider.issuer.removeprefix("http://")
    installation = house.world.installation
    installation.settings = replace(
        installation.settings, outgoing_allow=(*installation.settings.outgoing_allow, host)
    )
    chosen = {"domains": ["beacon.example"], "makes_staff": False, "role_key": None, **values}
    with house.world.act("na") as (session, na):
        providers.add(
            session, na, name="Company account", issuer=provider.issuer, client_id=CLIENT,
            client_secret=SECRET, **chosen,
        )  # fmt: skip
    with house.world.reading() as session:
        return str(session.query(Provider.id).order_by(Provider.id.desc()).first()[0])  # type: ignore[index]


def way_there(browser: Browser, key: str, path: str = "/login/with") -> str:
    """Press the button; gives the provider's address it leads to."""
    answer = browser.post(path, data={"provider": key})
    assert answer.status_code == 200, answer.text
    found = re.search(r'href="([^"]+)" data-behaviour="onward"', answer.text)
    assert found, answer.text
    return html.unescape(found[1])


def come_back(browser: Browser, address: str) -> Any:
    """Where the provider leads to, and the form that brings what it gave."""
    parts = urlsplit(address)
    page = browser.get(f"{parts.path}?{parts.query}")
    assert page.status_code == 200
    given = {name: values[0] for name, values in parse_qs(parts.query).items()}
    answer = browser.post("/login/callback", data=given)
    forget_form_token(browser)
    return answer


def enter_by(house: House, provider: FakeProvider, key: str, **more: str) -> tuple[Browser, Any]:
    """All of it, in a browser of its own."""
    browser = house.world.client()
    address = provider.signed_in(way_there(browser, key), **more)
    return browser, come_back(browser, address)


def prove(browser: Browser, page: str, password: str) -> Any:
    """Give the password that the page asks for after the first time."""
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found, page
    answer = browser.post("/login/link", data={"key": found[1], "password": password})
    forget_form_token(browser)
    return answer
