"""Our end of DBOS: its names here, its tables in our database, JSON only."""

from functools import lru_cache
from typing import Any, NoReturn

from dbos import DBOSClient, DBOSPortableJSONSerializer, EnqueueOptions
from dbos._serialization import DefaultSerializer
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from structlog.contextvars import get_contextvars

from concord.jobs.job import JOBS, AnyJob, Errand
from concord.jobs.statuses import REQUEST, SCHEMA

APPLICATION = "concord"
# Every release runs the jobs of every other: a job whose meaning changes gets a new name instead.
VERSION = "concord"
SERIALIZER = DBOSPortableJSONSerializer()


def _refuse_pickle(_serializer: DefaultSerializer, _text: str) -> NoReturn:
    raise ValueError("jobs are kept as JSON, nothing else is read")


# Whatever serializer it is given, DBOS unpickles the rows that call themselves pickles: whoever can
# write one row would run code in the worker.
DefaultSerializer.deserialize = _refuse_pickle  # type: ignore[assignment]


def send(session: Session, job: AnyJob, ids: tuple[int, ...], delay: float) -> str:
    """Write the job into the session's transaction."""
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    options: EnqueueOptions = {"workflow_name": job.name, "queue_name": queue_of(job)}
    if delay:
        options["delay_seconds"] = delay
    # Of the request at hand, or of the one that caused the job at hand.
    if request_id := get_contextvars().get(REQUEST):
        options["attributes"] = {REQUEST: request_id}
    handle: Any = client_of(engine).enqueue_in_transaction(session, options, *ids)
    return str(handle.get_workflow_id())


def queue_of(job: AnyJob) -> str:
    return job.queue if isinstance(job, Errand) else JOBS


@lru_cache(maxsize=4)
def client_of(engine: Engine) -> DBOSClient:
    """DBOS over our own connections; it opens none of its own and starts no thread."""
    return DBOSClient(
        system_database_engine=engine,
        dbos_system_schema=SCHEMA,
        serializer=SERIALIZER,
        application_name=APPLICATION,
        lazy=True,
    )
