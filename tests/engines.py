"""The engines that tests run on: fixtures that start each once, and a summary of which ran.

A test asks for `database_url` and, marked `engines`, runs on SQLite and again on PostgreSQL.
An engine that is missing skips its tests; CONCORD_TEST_REQUIRE=postgres,redis,
dovecot,browser,nginx fails them. What is marked `whole` runs with --whole only.
"""

import os
import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import pytest

from tests.servers import nginx
from tests.servers.dovecot import DovecotServer
from tests.servers.postgres import PostgresServer
from tests.servers.processes import ServerMissing
from tests.servers.redis import RedisServer

Server = TypeVar("Server")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# The fixture that stands for each engine, and the marker that its tests carry.
FIXTURES = {
    "postgres_server": "postgres",
    "redis_server": "redis",
    "dovecot_server": "dovecot",
    "chromium": "browser",
    "nginx_program": "nginx",
}
TITLES = {
    "postgres": "PostgreSQL",
    "redis": "Redis",
    "dovecot": "Dovecot",
    "browser": "Chromium",
    "nginx": "nginx",
}

required = set(os.environ.get("CONCORD_TEST_REQUIRE", "").replace(",", " ").split())
versions: dict[str, str] = {}
reasons: dict[str, str] = {}
tests_run: Counter[str] = Counter()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    server = started("postgres", PostgresServer)
    versions["postgres"] = server.version
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A fresh, empty database."""
    url = postgres_server.create_database()
    yield url
    postgres_server.drop_database(url)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """A test that stops it starts it again."""
    server = started("redis", RedisServer)
    versions["redis"] = server.version
    yield server
    server.close()


@pytest.fixture(scope="session")
def dovecot_server() -> Iterator[DovecotServer]:
    """A mailbox; what a test puts into it, that test takes out."""
    server = started("dovecot", DovecotServer)
    versions["dovecot"] = server.version
    yield server
    server.close()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium on this machine."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        missing("browser", f"none of {', '.join(BROWSERS)} is on the path")
    said = subprocess.run([found, "--version"], capture_output=True, text=True)
    versions["browser"] = next((word for word in said.stdout.split() if word[0].isdigit()), "")
    return found


@pytest.fixture(scope="session")
def nginx_program() -> Path:
    found = started("nginx", nginx.find_program)
    said = subprocess.run([found, "-v"], capture_output=True, text=True).stderr
    versions["nginx"] = said.rpartition("/")[2].strip()
    return found


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'concord.sqlite3'}"


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database on SQLite; for tests marked `engines`, once on each engine."""
    engine: str = getattr(request, "param", "sqlite")
    return str(request.getfixturevalue(f"{engine}_url"))


@pytest.fixture(params=["sqlite", "postgres"])
def engine_url(request: pytest.FixtureRequest) -> str:
    """An empty database, once on each engine, for whoever asks."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(autouse=True)
def _count_engine(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    used = (engine for fixture, engine in FIXTURES.items() if fixture in request.fixturenames)
    tests_run.update(engine for engine in used if engine in versions)


def started(engine: str, start: Callable[[], Server]) -> Server:
    try:
        return start()
    except (ServerMissing, OSError) as error:
        missing(engine, str(error))


def missing(engine: str, reason: str) -> NoReturn:
    reasons[engine] = reason
    if engine in required:
        pytest.fail(f"{TITLES[engine]} is required: {reason}", pytrace=False)
    pytest.skip(f"{TITLES[engine]} is missing: {reason}")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--whole", action="store_true", help="Also what is marked `whole`.")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    marked = metafunc.definition.get_closest_marker("engines")
    if marked and "database_url" in metafunc.fixturenames:
        metafunc.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Marks what needs an engine, so that `-m redis` finds it; faults come one after another."""
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    engine = parameters.get("database_url") or parameters.get("engine_url")
    fixtures = {f"{engine}_server", *getattr(item, "fixturenames", ())}
    for fixture in FIXTURES.keys() & fixtures:
        item.add_marker(FIXTURES[fixture])
    if item.get_closest_marker("faults"):
        item.add_marker(pytest.mark.xdist_group("faults"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The quick ones first, the browser last."""
    if not config.getoption("--whole"):
        left_out = [item for item in items if item.get_closest_marker("whole")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """One of several processes hands in what it has seen."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output.update(versions=versions, reasons=reasons, tests_run=dict(tests_run))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    output = getattr(node, "workeroutput", {})
    versions.update(output.get("versions", {}))
    reasons.update(output.get("reasons", {}))
    tests_run.update(output.get("tests_run", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    ran = [f"SQLite {sqlite3.sqlite_version}"]
    for engine, version in versions.items():
        ran.append(f"{TITLES[engine]} {version} in {tests_run[engine]} of the tests")
    terminalreporter.section("engines")
    terminalreporter.line(f"ran: {', '.join(ran)}")
    for engine, reason in reasons.items():
        terminalreporter.line(f"did not run: {TITLES[engine]}, {reason}")
