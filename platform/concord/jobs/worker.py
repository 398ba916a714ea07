"""The part of a process that runs jobs."""

from dbos import DBOS, DBOSConfig

from concord.installation import Installation
from concord.jobs.client import APPLICATION, SERIALIZER, VERSION
from concord.jobs.executors import arrive, leave
from concord.jobs.job import ERRANDS, JOBS, STRANGERS
from concord.jobs.running import register
from concord.jobs.slots import job_of
from concord.jobs.statuses import SCHEMA
from concord.jobs.sweeping import Sweeper

POLL = 0.8
"""Seconds between two looks into a queue: how soon after the commit a job starts.

Looking is most of what an idle house costs: 7.7 % of a core at 0.2, 3 % at this.
"""
CONNECTIONS = 8
QUEUES = {JOBS: 4, ERRANDS: 16, STRANGERS: 16}
"""How many of each queue run at once."""


class Worker:
    """Runs the jobs of every module of an installation; a process has at most one."""

    def __init__(self, installation: Installation, name: str) -> None:
        self._installation = installation
        self._name = name
        self.sweeper = Sweeper(installation, name)

    def start(self) -> None:
        """Begin; raises NameTaken where another living process bears the name."""
        arrive(self._installation.database, self._name)
        for module in self._installation.modules:
            for job in module.jobs:
                register(self._installation, job)
            for schedule in module.schedules:
                register(self._installation, job_of(schedule))
        DBOS(config=self._config())
        DBOS.launch()
        for queue, at_once in QUEUES.items():
            DBOS.register_queue(
                queue,
                worker_concurrency=at_once,
                polling_interval_sec=POLL,
                on_conflict="always_update",
            )
        self.sweeper.start()

    def stop(self, patience: int = 10) -> None:
        """Take no more jobs. Those that run have `patience` seconds; after that they start again
        in another process, or in this one's next life."""
        self.sweeper.stop()
        running = DBOS.list_workflows(status="PENDING", executor_id=self._name, limit=1)
        DBOS.destroy(
            destroy_registry=True, workflow_completion_timeout_sec=patience if running else 0
        )
        leave(self._installation.database, self._name)

    def _config(self) -> DBOSConfig:
        return {
            "name": APPLICATION,
            "system_database_url": self._installation.settings.database_url,
            "dbos_system_schema": SCHEMA,
            "sys_db_pool_size": CONNECTIONS,
            "serializer": SERIALIZER,
            "application_version": VERSION,
            "executor_id": self._name,
            "run_migrations": False,
            "log_level": "WARNING",
        }
