"""A database that is away is waited for; one that refuses, or that a job takes down, is not."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from concord.jobs.outages import LOSSES, through_outages

REFUSED = OperationalError("", {}, psycopg.OperationalError("connection failed"))
STARTING = OperationalError("", {}, psycopg.errors.CannotConnectNow())
FULL = OperationalError("", {}, psycopg.errors.DiskFull())
NO_CONNECTION_FREE = PoolTimeout()
CUT = OperationalError("", {}, psycopg.errors.AdminShutdown(), connection_invalidated=True)
DEADLOCK = OperationalError("", {}, psycopg.errors.DeadlockDetected())
CANCELLED = OperationalError("", {}, psycopg.errors.QueryCanceled())
WRONG = ProgrammingError("", {}, psycopg.errors.UndefinedTable())


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    found: list[float] = []
    monkeypatch.setattr("concord.jobs.outages.time.sleep", found.append)
    return found


class Work:
    """Fails in each of these ways in turn, then is done."""

    def __init__(self, *failures: Exception) -> None:
        self.failures: Iterator[Exception] = iter(failures)
        self.tries = 0

    def __call__(self) -> str:
        self.tries += 1
        for failure in self.failures:
            raise failure
        return "done"


def test_a_long_outage_is_waited_out_with_growing_pauses(pauses: list[float]) -> None:
    work = Work(CUT, *[REFUSED] * 40, STARTING, FULL, NO_CONNECTION_FREE)
    assert through_outages(work) == "done"
    assert work.tries == 45
    assert pauses[0] < 1
    assert all(7 < pause < 23 for pause in pauses[10:])


@pytest.mark.parametrize("failure", [DEADLOCK, CANCELLED, WRONG, ValueError(), TimeoutError()])
def test_what_the_database_refuses_is_no_outage(pauses: list[float], failure: Exception) -> None:
    with pytest.raises(type(failure)):
        through_outages(Work(failure))
    assert pauses == []


def test_work_that_takes_the_database_down_each_time_is_given_up(pauses: list[float]) -> None:
    work = Work(*[CUT, REFUSED, STARTING] * 100)
    with pytest.raises(OperationalError):
        through_outages(work)
    assert work.tries == 3 * LOSSES + 1
