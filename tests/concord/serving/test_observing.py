"""C10 and H08: a log line is one line whatever it holds, and holds no secret."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import structlog

from concord.observing import configure
from concord.settings import Settings
from tests.world import World

NASTY = "Zhou\r\nMin\x1b[31m red \x9b32m \u2028 2026-11-22 [info] signed in"
CONTROLS = set("\r\n\x1b\x9b\u2028")


@contextmanager
def listening(environment: str) -> Iterator[io.StringIO]:
    """What is logged inside the block, as standard error would have shown it."""
    heard = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", heard)
        configure(Settings(data_dir=Path(), secret_key="s", environment=environment))
    try:
        yield heard
    finally:
        root.handlers[:], root.level = handlers, level
        logging.getLogger("dbos").handlers.clear()
        structlog.reset_defaults()


@pytest.fixture(params=["production", "development"])
def heard(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    with listening(request.param) as said:
        yield said


def test_a_value_stays_on_its_line(heard: io.StringIO) -> None:
    structlog.get_logger("concord.test").info("named", name=NASTY, deep={"name": [NASTY]})
    logging.getLogger("some.library").warning("It says %s", NASTY)
    said = heard.getvalue().split("\n")
    assert len(said) == 3, "two lines, each ended"
    assert not CONTROLS & set("".join(said))


def test_no_secret_is_logged(heard: io.StringIO) -> None:
    structlog.get_logger("concord.test").info(
        "signed_in",
        password="hunter2",
        session_token="hunter2",
        headers={"Cookie": "hunter2", "Authorization": "Bearer hunter2"},
        url="redis://lin:hunter2@127.0.0.1/0",
        token_id=77,
    )
    assert "hunter2" not in heard.getvalue()
    assert "77" in heard.getvalue()


def test_an_error_is_logged_with_its_place(heard: io.StringIO) -> None:
    try:
        raise ValueError(NASTY)
    except ValueError:
        structlog.get_logger("concord.test").exception("failed")
    assert "ValueError" in heard.getvalue()
    assert "test_observing.py" in heard.getvalue()
    assert not (CONTROLS - {"\n"}) & set(heard.getvalue())


def test_a_request_is_one_json_line(world: World) -> None:
    with listening("production") as heard:
        answer = world.client("lin").get("/customers/999999?token=hunter2")
    said = [json.loads(line) for line in heard.getvalue().splitlines()]
    [line] = [line for line in said if line["event"] == "request"]
    assert (line["method"], line["status"]) == ("GET", 404)
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert line["ms"] > 0
    assert "hunter2" not in heard.getvalue()
