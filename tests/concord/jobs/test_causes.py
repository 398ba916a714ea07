"""Which request caused a job: kept with the job, said in its log lines, also by those it causes."""

import io
import json
from typing import Any

import pytest
from structlog.contextvars import bound_contextvars, clear_contextvars

from concord.installation import Installation
from concord.observing import configure
from concord.settings import Settings
from tests.concord.jobs.conftest import ask, is_done, on_page, working
from tests.concord.jobs.diary import TELL, WRITE, WRITE_AFTER_THE_FIRST, WRITE_AND_TELL
from tests.waiting import eventually


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch, diary: Installation) -> io.StringIO:
    """The log of this process, as production writes it; nobody is asking for anything."""
    clear_contextvars()
    said = io.StringIO()
    monkeypatch.setattr("sys.stderr", said)
    settings = diary.settings
    configure(Settings(data_dir=settings.data_dir, secret_key="s" * 32, environment="production"))
    return said


def lines(heard: io.StringIO, event: str) -> dict[str, dict[str, Any]]:
    """The last line of such an event, by its job's id."""
    found = [json.loads(line) for line in heard.getvalue().splitlines()]
    return {line["job_id"]: line for line in found if line["event"] == event}


def test_a_job_says_which_request_caused_it(diary: Installation, heard: io.StringIO) -> None:
    with bound_contextvars(request_id="5eed5eed5eed5eed"):
        caused, told = ask(diary, WRITE, 1), ask(diary, TELL, 2)
    by_itself = ask(diary, WRITE, 3)
    with working(diary):
        eventually(lambda: is_done(diary))
    done = lines(heard, "job_done")
    assert done[caused]["request_id"] == done[told]["request_id"] == "5eed5eed5eed5eed"
    assert "request_id" not in done[by_itself]
    assert done[caused]["statements"] >= 2
    assert done[caused]["sql_ms"] <= done[caused]["ms"]


def test_what_a_job_causes_has_the_same_cause(diary: Installation, heard: io.StringIO) -> None:
    with bound_contextvars(request_id="5eed"):
        first = ask(diary, WRITE_AND_TELL, 4)
    with working(diary):
        eventually(lambda: on_page(diary, 5) == 1)
        eventually(lambda: is_done(diary))
    done = lines(heard, "job_done")
    assert [line["request_id"] for line in done.values()] == ["5eed", "5eed"]
    assert next(iter(done)) == first


def test_a_failing_job_says_it_too(diary: Installation, heard: io.StringIO) -> None:
    with bound_contextvars(request_id="5eed"):
        job_id = ask(diary, WRITE_AFTER_THE_FIRST, 7)
    with working(diary):
        eventually(lambda: is_done(diary))
    failed = lines(heard, "job_failed")[job_id]
    assert (failed["request_id"], failed["job"]) == ("5eed", "diary.write_after_the_first")
