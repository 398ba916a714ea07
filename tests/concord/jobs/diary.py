"""A tiny module whose jobs leave a trace: each writes a line on a page of a diary."""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Column, Integer, MetaData, Table, func, insert, select
from sqlalchemy.orm import Session

from concord.audit.models import AuditRow
from concord.database.base import Model
from concord.database.engine import Database
from concord.installation import Installation, install
from concord.jobs.job import Errand, Job, Retries, enqueue
from concord.jobs.models import Executor, JobHold, JobMark, JobTrouble, ScheduleSlot
from concord.jobs.schedules import Schedule
from concord.jobs.tables import migrate_tables
from concord.jobs.worker import Worker
from concord.module import Module
from concord.settings import Settings

HOUR = 3600
A_MOMENT = 0.3
IMPATIENT = Retries(attempts=2, first_wait=0.1)

# Apart from the product's tables, which tests compare with its migrations.
TABLES = (AuditRow, Executor, JobMark, JobHold, JobTrouble, ScheduleSlot)
PAGES = Table("diary", MetaData(), Column("id", Integer, primary_key=True), Column("page", Integer))


def write(session: Session, page: int) -> None:
    session.execute(insert(PAGES).values(page=page))


def write_slowly(session: Session, page: int) -> None:
    """Halts in the middle, the first time: the test sees the file and kills the process."""
    write(session, page)
    halted = Path(os.environ["DIARY_FOLDER"], "halted")
    if not halted.exists():
        halted.touch()
        time.sleep(HOUR)


def write_after_the_first(session: Session, page: int) -> None:
    if not lines(session, 1):
        raise ValueError("the diary has no first page")
    write(session, page)


def write_with_care(session: Session, page: int) -> None:
    write(session, page)
    time.sleep(A_MOMENT)


def tell_with_care(database: Database, page: int) -> None:
    time.sleep(A_MOMENT)
    tell(database, page)


def tell(database: Database, page: int) -> None:
    with database.writing() as session:
        write(session, page)
        session.commit()


def write_and_tell(session: Session, page: int) -> None:
    write(session, page)
    enqueue(session, TELL, page + 1)


def lines(session: Session, page: int) -> int:
    counted = select(func.count()).select_from(PAGES).where(PAGES.c.page == page)
    return session.scalar(counted) or 0


WRITE = Job(name="diary.write", run=write)
WRITE_SLOWLY = Job(name="diary.write_slowly", run=write_slowly)
WRITE_AFTER_THE_FIRST = Job(
    name="diary.write_after_the_first",
    run=write_after_the_first,
    retries=IMPATIENT,
)
WRITE_WITH_CARE = Job(name="diary.write_with_care", run=write_with_care, retries=IMPATIENT)
TELL_WITH_CARE = Errand(name="diary.tell_with_care", run=tell_with_care, retries=IMPATIENT)
TELL = Errand(name="diary.tell", run=tell)
WRITE_AND_TELL = Job(name="diary.write_and_tell", run=write_and_tell)
ROUND = Schedule(
    name="diary.round", every=timedelta(hours=1), run=lambda session, _: write(session, 24)
)

DIARY = Module(
    name="diary",
    title=_l("Diary"),
    folder=Path(__file__).parent,
    jobs=(
        WRITE,
        WRITE_SLOWLY,
        WRITE_AFTER_THE_FIRST,
        TELL,
        WRITE_AND_TELL,
        WRITE_WITH_CARE,
        TELL_WITH_CARE,
    ),
    schedules=(ROUND,),
)


def open_diary(url: str, folder: Path) -> Installation:
    settings = Settings(
        data_dir=folder, secret_key="s" * 32, database_url=url, synchronous="NORMAL"
    )
    return install(settings, [DIARY])


def prepare(installation: Installation) -> None:
    engine = installation.database.engine
    PAGES.create(engine)
    kept: list[Any] = [model.__table__ for model in TABLES]
    Model.metadata.create_all(engine, kept)
    migrate_tables(installation.settings.database_url)


if __name__ == "__main__":
    Worker(open_diary(sys.argv[1], Path(sys.argv[2])), "diarist").start()
    while True:
        time.sleep(1)
