"""The database is away for longer than all the attempts of a job together take: nothing fails."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from concord.installation import Installation
from concord.jobs.listing import unfinished
from tests.concord.jobs.conftest import ask, is_done, on_page, working
from tests.concord.jobs.diary import TELL_WITH_CARE, WRITE, WRITE_WITH_CARE, open_diary, prepare
from tests.engines import started
from tests.servers.postgres import LASTING, PostgresServer
from tests.waiting import eventually

pytestmark = [pytest.mark.faults, pytest.mark.postgres]

OUTAGE = 4.0
PAGES = range(1, 21)


@pytest.fixture
def postgres() -> Iterator[PostgresServer]:
    """One of its own, which may be stopped."""
    server = started("postgres", lambda: PostgresServer(settings=LASTING))
    yield server
    server.stop()


@pytest.fixture
def diary(postgres: PostgresServer, tmp_path: Path) -> Iterator[Installation]:
    installation = open_diary(postgres.create_database(), tmp_path)
    prepare(installation)
    yield installation
    installation.database.dispose()


@pytest.mark.parametrize(
    "how",
    [
        pytest.param(signal.SIGQUIT, id="immediate"),
        pytest.param(signal.SIGKILL, id="killed", marks=pytest.mark.whole),
    ],
)
def test_jobs_wait_until_the_database_is_back(
    postgres: PostgresServer, diary: Installation, how: signal.Signals
) -> None:
    """R02, R03: those that had begun and those that had not each have their effect once."""
    with working(diary):
        for page in PAGES:
            ask(diary, WRITE_WITH_CARE, page)
            ask(diary, TELL_WITH_CARE, 100 + page)
        eventually(lambda: on_page(diary, 1) == 1)
        postgres.halt(how)
        time.sleep(OUTAGE)
        postgres.start()
        ask(diary, WRITE, 0)
        eventually(lambda: is_done(diary))
    assert unfinished(diary.database) == []
    assert [on_page(diary, page) for page in (0, *PAGES)] == [1] * (1 + len(PAGES))
    assert all(on_page(diary, 100 + page) for page in PAGES)
