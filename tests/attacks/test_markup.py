"""D01, D02, D04, D05, D08: words stay words on every page, and no page stands in a frame."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from tests.attacks.poison import LINE, LINK, PAGES, REFLECTED, Poisoned, poison
from tests.contracts.conftest import address, rules_of
from tests.world import World

ADDRESSES = {"href", "src", "action", "formaction", "hx-get", "hx-post", "hx-patch", "data-refresh",
             "poster", "background", "cite", "longdesc", "srcset", "xlink:href"}  # fmt: skip
NEVER = {"iframe", "object", "embed", "base", "applet", "frame", "frameset", "style", "math"}
# In a header an attack stands percent-encoded, as part of an address of ours.
RAW = ("pwn(", "<script", "<img", "<svg", "javascript:")
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


class Checked(HTMLParser):
    """Fails for whatever could run or load something that is not ours."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attributes]
        assert tag not in NEVER, tag
        assert not [name for name in names if name.startswith("on") or name == "style"], (
            tag,
            names,
        )
        assert not [name for name in names if name.startswith("hx-on")], (tag, names)
        values = dict(attributes)
        if tag == "script":
            assert (values.get("src") or "").startswith("/static/"), values
        if tag == "svg":
            assert set(names) <= {"class", "role", "aria-label", "aria-hidden", "viewbox"}, names
        for name in ADDRESSES & values.keys():
            where = urlsplit((values[name] or "").strip())
            assert where.scheme in ("", "http", "https", "mailto", "tel"), (tag, name, values[name])
            assert where.scheme or not where.netloc, (tag, name, values[name])

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


@pytest.fixture
def poisoned(world: World) -> Poisoned:
    return poison(world)


def check(answer: Any) -> str:
    if answer.mimetype == "text/html":
        return " ".join(Checked(answer.text).words)
    return ""


def test_nothing_that_anybody_wrote_becomes_markup(poisoned: Poisoned) -> None:
    """D01, D02, D04: every page that shows it, to staff, customer and supplier; the words stay."""
    for person, paths in PAGES.items():
        browser, shown = poisoned.world.client(person), 0
        for path in paths:
            answer = browser.get(poisoned.path(path))
            assert answer.status_code == 200, (person, path, answer.status_code)
            words = check(answer)
            shown += LINE in words
        assert shown >= len(paths) // 2, (person, shown)


def test_every_other_address_shows_it_as_words_too(poisoned: Poisoned) -> None:
    """D01: all that the product has, with whatever it has to say."""
    records = {**poisoned.records, "huadong": poisoned.world.records["huadong"]}
    for person in ("na", "zhou", "huang"):
        browser = poisoned.world.client(person)
        for rule in rules_of(poisoned.world.app):
            if "GET" in (rule.methods or ()) and not rule.rule.startswith("/api/v1"):
                for record_id in records.values() if rule.arguments == {"record_id"} else [1]:
                    check(browser.get(address(rule, {"record_id": record_id})))


@pytest.mark.parametrize("person", REFLECTED)
def test_what_stands_in_an_address_is_words_in_the_answer(world: World, person: str | None) -> None:
    """D01, D06: reflected, in pages, in parts of them, and in sentences about mistakes."""
    browser = world.client(person)
    for pattern in REFLECTED[person]:
        for attack in (LINE, LINK, "x" + LINE):
            path = pattern.replace("{}", quote(attack, safe=""))
            for answer in (browser.get(path), browser.fragment(path)):
                assert answer.status_code < 500, path
                check(answer)
                assert not [mark for mark in RAW if mark in str(answer.headers)], path
                assert (answer.location or "/").startswith("/"), path


def test_what_a_form_brings_back_is_words(world: World) -> None:
    """D01: a form that came back holds what was typed, in its fields and nowhere else."""
    lin, na = world.client("lin"), world.client("na")
    huadong = world.records["huadong"]
    was = {"city": LINE, "original.city": LINK}
    for browser, method, path, form in (
        (lin, "POST", "/customers", {"name": LINE, "phone": LINE, "website": LINK}),
        (lin, "POST", f"/customers/{huadong}/edit", {"name": LINE, "email": LINE}),
        (lin, "PATCH", f"/customers/{huadong}", was),
        (lin, "POST", f"/customers/{huadong}/contacts", {"name": LINE, "phone": LINE}),
        (lin, "POST", "/tasks", {"title": LINE, "due_on": LINE, LINE: LINE}),
        (lin, "POST", f"/records/{huadong}/timeline", {"body": "", "kind": LINE}),
        (lin, "POST", "/preferences", {"name": LINE, "timezone": LINE}),
        (na, "POST", "/settings/invite", {"name": LINE, "email": LINE, "language": LINE}),
        (na, "POST", "/settings/tokens", {"name": LINE, "scopes": LINE}),
        (world.client(), "POST", "/login", {"email": LINE, "password": LINE, "next": LINK}),
        (world.client(), "POST", "/password/forgot", {"email": LINE}),
    ):
        for answer in (
            browser.open(path, method=method, data=form),
            browser.fragment(path, method=method, data=form),
        ):
            assert answer.status_code < 500, (path, answer.status_code)
            check(answer)


def test_no_page_may_be_framed_and_no_inline_script_may_run(world: World) -> None:
    """D08, D05: on every answer there is: pages, parts, failures, files, the API."""
    callers = {"lin": world.client("lin"), "zhou": world.client("zhou"), "": world.client()}
    for name, browser in callers.items():
        for rule in rules_of(world.app):
            if "GET" not in (rule.methods or ()):
                continue
            answer = browser.get(address(rule, {"record_id": world.records["huadong"]}))
            policy = dict(
                part.strip().split(" ", 1)
                for part in answer.headers["Content-Security-Policy"].split(";")
                if " " in part.strip()
            )
            assert answer.headers["X-Frame-Options"] == "DENY", (name, rule.rule)
            assert answer.headers["X-Content-Type-Options"] == "nosniff", (name, rule.rule)
            for directive, value in POLICY.items():
                if "sandbox" not in answer.headers["Content-Security-Policy"]:
                    assert policy[directive] == value, (name, rule.rule, directive)
            assert "unsafe" not in str(policy)
            answer.close()
