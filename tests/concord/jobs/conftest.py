"""A diary on each engine, and somebody who works on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from concord.installation import Installation
from concord.jobs.job import AnyJob, enqueue
from concord.jobs.listing import unfinished
from concord.jobs.statuses import State
from concord.jobs.worker import Worker
from tests.concord.jobs.diary import lines, open_diary, prepare


@pytest.fixture
def diary(engine_url: str, tmp_path: Path) -> Iterator[Installation]:
    installation = open_diary(engine_url, tmp_path)
    prepare(installation)
    yield installation
    installation.database.dispose()


@contextmanager
def working(diary: Installation, name: str = "diarist") -> Iterator[Worker]:
    worker = Worker(diary, name)
    worker.start()
    try:
        yield worker
    finally:
        worker.stop(patience=1)


@pytest.fixture
def worker(diary: Installation) -> Iterator[Worker]:
    with working(diary) as worker:
        yield worker


def ask(diary: Installation, job: AnyJob, page: int) -> str:
    with diary.database.writing() as session:
        job_id = enqueue(session, job, page)
        session.commit()
    return job_id


def on_page(diary: Installation, page: int) -> int:
    with diary.database.reading() as session:
        return lines(session, page)


def is_done(diary: Installation) -> bool:
    """Nothing waits or runs."""
    return not unfinished(diary.database, [State.WAITING, State.RUNNING])
