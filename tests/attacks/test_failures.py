"""H07: what goes wrong inside is a sentence and a number outside, and nothing of the inside."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from flask import Response
from psycopg import sql

from concord.web import routing
from tests.servers.postgres import PostgresServer
from tests.world import Browser, Program, World, fingerprint

INSIDE = re.compile(
    r"Traceback|File \"|\.py\b|sqlite|psycopg|sqlalchemy|SELECT |INSERT |concord_\w+s\b|/tmp/"
    r"|/templates/|OperationalError|RuntimeError|UndefinedError|a word of the inside",
    re.IGNORECASE,
)
PAGES = (("lin", "/customers"), ("zhou", "/portal/"), (None, "/login"), ("lin", "/no-such-page"))


def says_nothing_of_the_inside(answer: Any, status: int) -> None:
    """A sentence and the request's number, in a page, a fragment or a problem."""
    assert answer.status_code == status, answer.text[:2000]
    page = answer.text.replace("concord_language", "")
    assert INSIDE.search(page) is None, INSIDE.search(page)
    number = answer.headers["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{16}", number)
    if answer.mimetype == "application/problem+json":
        problem = answer.get_json()
        assert (problem["status"], problem["request_id"]) == (status, number)
        assert problem["detail"]
    elif "<html" in page:
        assert number in page
        assert "<h1>" in page
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@contextmanager
def without_database(world: World, server: PostgresServer | None) -> Iterator[None]:
    """The database goes away under the running program, and comes back."""
    settings = world.installation.settings
    if server is None:
        world.installation.database.dispose()
        path, away = settings.data_dir / "concord.db", settings.data_dir / "away"
        path.rename(away)
        path.mkdir()
        yield
        path.rmdir()
        away.rename(path)
        return
    name = settings.database_url.rpartition("/")[2]
    allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    with psycopg.connect(server.url("postgres").replace("+psycopg", ""), autocommit=True) as other:
        other.execute(allow.format(sql.Identifier(name), sql.Literal(False)))
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        yield
        other.execute(allow.format(sql.Identifier(name), sql.Literal(True)))


@pytest.fixture
def server(request: pytest.FixtureRequest, any_world: World) -> PostgresServer | None:
    """The server to take away; on SQLite there is a file only."""
    if any_world.installation.database.sqlite:
        return None
    found: PostgresServer = request.getfixturevalue("postgres_server")
    return found


def test_without_its_database_the_program_says_so_and_recovers(
    any_world: World, server: PostgresServer | None
) -> None:
    """H07: 503 with Retry-After for every caller; no restart is needed afterwards."""
    world = any_world
    callers = {person: world.client(person) for person, _path in PAGES}
    program = world.api("lin")
    for browser in callers.values():
        browser.form_token()
    before = fingerprint(world)
    with without_database(world, server):
        for person, path in PAGES:
            if (person, path) != (None, "/login"):
                refused(callers[person].get(path))
            if person is not None:
                refused(callers[person].fragment(path))
        refused(callers["lin"].post("/tasks", data={"title": "Lost?"}))
        refused(callers[None].post("/login", data={"email": "lin@x.example", "password": "x"}))
        refused(callers["lin"].get("/notifications/count", headers={"Accept": "application/json"}))
        refused(program.get("/api/v1/companies"))
        refused(program.post("/api/v1/tasks", json={"title": "Lost?"}))
        assert world.client().get("/readyz").text == "unready"
        assert world.client().get("/livez").text == "alive"
    assert callers["lin"].get("/customers").status_code == 200
    assert callers["zhou"].get("/portal/").status_code == 200
    assert program.get("/api/v1/companies").status_code == 200
    assert fingerprint(world) == before


def refused(answer: Any) -> None:
    says_nothing_of_the_inside(answer, 503)
    assert int(answer.headers["Retry-After"]) > 0


def broken(*_arguments: Any, **_options: Any) -> Response:
    raise RuntimeError("a word of the inside: SELECT * FROM concord_users")


CALLERS = {
    "page": "/customers",
    "portal": "/portal/",
    "fragment": "/customers",
    "api": "/api/v1/companies",
}


@pytest.mark.parametrize("caller", CALLERS)
def test_an_unexpected_error_is_a_number_to_ask_about(world: World, caller: str) -> None:
    """H07: in a page, in the portal, in a fragment, in the API."""
    app = world.own_app()
    for rule in app.url_map.iter_rules():
        if rule.rule == CALLERS[caller] and "GET" in (rule.methods or ()):
            app.view_functions[rule.endpoint] = routing.declared(
                broken, routing.PUBLIC, routing.EVERYBODY
            )
    says_nothing_of_the_inside(ask(world, caller), 500)


def test_what_failed_is_offered_again_where_that_does_no_harm(world: World) -> None:
    """A page is; what was sent is not, for the link would only show the page that took it."""
    app = world.own_app()
    for rule in app.url_map.iter_rules():
        if rule.rule == "/customers":
            app.view_functions[rule.endpoint] = routing.declared(
                broken, routing.PUBLIC, routing.EVERYBODY
            )
    lin = world.client("lin")
    sent = lin.post("/customers", data={"csrf_token": lin.form_token()})
    assert "Try again</a>" in lin.get("/customers").text
    assert (sent.status_code, "Try again</a>" in sent.text) == (500, False)


def ask(world: World, caller: str) -> Any:
    if caller == "api":
        return world.api("lin").get(CALLERS[caller])
    browser = world.client("zhou" if caller == "portal" else "lin")
    headers = {"HX-Request": "true"} if caller == "fragment" else {}
    return browser.get(CALLERS[caller], headers=headers)


@pytest.mark.parametrize(
    ("person", "template", "path"),
    [
        ("lin", "lists/page.html", "/customers"),
        ("lin", "layouts/staff.html", "/customers"),
        ("zhou", "portal/home.html", "/portal/"),
        ("zhou", "layouts/portal.html", "/portal/"),
        (None, "identity/login.html", "/login"),
    ],
)
def test_a_broken_template_shows_nothing_of_itself(
    world: World, monkeypatch: pytest.MonkeyPatch, person: str | None, template: str, path: str
) -> None:
    """H07."""
    loader = world.own_app().jinja_env.loader
    assert loader is not None
    read = loader.get_source

    def get_source(environment: Any, name: str) -> Any:
        if name == template:
            return "{{ nothing.at.all() }} a word of the inside", f"/tmp/{name}", lambda: False
        return read(environment, name)

    monkeypatch.setattr(loader, "get_source", get_source)
    says_nothing_of_the_inside(world.client(person).get(path), 500)


def test_a_colleague_in_the_portal_gets_a_page_even_when_his_database_dies_under_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """H07: what surrounds the page is not asked for while the page says that it failed."""

    def die(*_arguments: Any, **_options: Any) -> Any:
        (world.installation.settings.data_dir / "concord.db").rename(
            world.installation.settings.data_dir / "away"
        )
        world.installation.database.dispose()
        raise RuntimeError("a word of the inside")

    monkeypatch.setattr("concord.portal.routes.blocks", die)
    says_nothing_of_the_inside(world.client("zhou").get("/portal/"), 500)


@pytest.mark.parametrize("content", [b"{", b"", b"\xff\xfe", b"[" * 50_000, b'{"a": NaN}'])
def test_bad_json_is_the_callers_mistake(world: World, content: bytes) -> None:
    """H07: 400 with a problem, and not a word of the parser's."""
    program: Program = world.api("lin")
    before = fingerprint(world)
    for path in ("/api/v1/companies", f"/api/v1/records/{world.records['huadong']}/timeline"):
        answer = program.post(path, data=content, content_type="application/json")
        says_nothing_of_the_inside(answer, 400)
        assert "line 1" not in answer.text
    assert fingerprint(world) == before


def test_a_writer_that_waits_too_long_is_asked_to_try_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """H07: on SQLite there is one writer at a time; who cannot wait is told so."""
    monkeypatch.setattr("concord.database.engine.BUSY_SECONDS", 0.1)
    browser: Browser = world.client("lin")
    browser.form_token()
    with world.writing():
        begun = time.monotonic()
        refused(browser.post("/tasks", data={"title": "Call back"}))
        assert time.monotonic() - begun < 5
    assert browser.post("/tasks", data={"title": "Call back"}).status_code == 303
