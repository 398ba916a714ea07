"""Figures for Prometheus: those of this process, and some that are read from the database."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import QueuePool
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from concord.backups.latest import latest
from concord.installation import Installation
from concord.jobs.counting import Waiting, failed, under_way, waiting
from concord.jobs.job import ERRANDS
from concord.mail.sending import SEND_MAIL

FRESH = 5.0
"""Seconds for which what the database said stands."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the database says. Without an answer there is nothing to say but that."""

    answers: bool = False
    waiting: dict[str, Waiting] = field(default_factory=dict)
    failed: int = 0
    mails: int = 0


class Figures(Collector):
    """Figures of one installation, in a registry of its own beside that of the process."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._lock = threading.Lock()
        self._kept, self._until = Kept(), 0.0
        self._registry = CollectorRegistry()
        self._registry.register(self)

    def text(self) -> bytes:
        return generate_latest() + generate_latest(self._registry)

    def describe(self) -> list[Metric]:
        """Nothing is read when the figures are registered."""
        return []

    def collect(self) -> Iterator[Metric]:
        yield from self._connections()
        yield from self._from_database()
        yield from self._backup()

    def _connections(self) -> Iterator[Metric]:
        database = self._installation.database
        pools = {"writing": database.engine.pool, "reading": database.reader.pool}
        if database.reader is database.engine:
            pools = {"all": database.engine.pool}
        size = GaugeMetricFamily(
            "concord_database_connections_limit",
            "Connections that there may be at once.",
            labels=["pool"],
        )
        used = GaugeMetricFamily(
            "concord_database_connections_used", "Connections in use.", labels=["pool"]
        )
        for name, pool in pools.items():
            assert isinstance(pool, QueuePool)
            size.add_metric([name], pool.size())
            used.add_metric([name], pool.checkedout())
        yield from (size, used)

    def _from_database(self) -> Iterator[Metric]:
        kept = self._fresh()
        yield GaugeMetricFamily("concord_database_up", "Whether it answers.", int(kept.answers))
        if not kept.answers:
            return
        number = GaugeMetricFamily(
            "concord_jobs_waiting", "Jobs that could start now.", labels=["queue"]
        )
        oldest = GaugeMetricFamily(
            "concord_jobs_oldest_seconds", "For how long the first has waited.", labels=["queue"]
        )
        for queue, found in kept.waiting.items():
            number.add_metric([queue], found.number)
            oldest.add_metric([queue], found.oldest_seconds)
        yield from (number, oldest)
        yield GaugeMetricFamily("concord_jobs_failed", "Jobs that were given up.", kept.failed)
        yield GaugeMetricFamily("concord_mails_waiting", "Mails not yet sent.", kept.mails)

    def _backup(self) -> Iterator[Metric]:
        made_at = latest(self._installation.settings)
        if made_at is not None:
            age = (datetime.now(UTC) - made_at).total_seconds()
            yield GaugeMetricFamily(
                "concord_backup_age_seconds", "Since the last backup that is whole.", age
            )

    def _fresh(self) -> Kept:
        with self._lock:
            if time.monotonic() >= self._until:
                self._kept = self._read()
                self._until = time.monotonic() + FRESH
            return self._kept

    def _read(self) -> Kept:
        try:
            with self._installation.database.reading() as session:
                return _kept(session)
        except (SQLAlchemyError, OSError):
            return Kept()


def _kept(session: Session) -> Kept:
    return Kept(
        answers=True,
        waiting=waiting(session),
        failed=failed(session),
        mails=under_way(session, ERRANDS, SEND_MAIL.name),
    )
