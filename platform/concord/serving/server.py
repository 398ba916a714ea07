"""gunicorn, set up in code: one worker process that runs one program."""

import gc
import logging
import os
import signal
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config
from gunicorn.errors import AppImportError
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

from concord.serving.program import Program, keep_what_is_loaded
from concord.settings import Settings

log = structlog.get_logger("concord.serving")

THREADED = "concord.serving.threaded.ThreadedWorker"
GREEN = "concord.serving.green.GreenWorker"


class Server(BaseApplication):
    """Serves what `make` makes; it is called in the worker process, after the fork.

    `failures` are the errors that have a sentence for whoever starts the program.
    """

    program: Program

    def __init__(
        self,
        settings: Settings,
        make: Callable[[], Program],
        *,
        options: Mapping[str, object],
        ready: Callable[[], None] = lambda: None,
        failures: tuple[type[Exception], ...] = (),
    ) -> None:
        self._settings, self._make, self._options = settings, make, options
        self._ready, self._failures = ready, failures
        super().__init__(prog="concord")

    def load_config(self) -> None:
        for name, value in {**_common(self._settings), **self._options}.items():
            self.cfg.set(name, value)
        self.cfg.set("when_ready", lambda _server: self._ready())
        self.cfg.set("worker_exit", lambda _server, worker: self._end(worker))

    def run(self) -> None:
        gc.collect()
        keep_what_is_loaded()
        super().run()

    def load(self) -> Callable[..., Any]:
        try:
            self.program = self._make()
        except self._failures as error:
            raise AppImportError(f"concord: {error}") from error
        keep_what_is_loaded()
        return self.program.wsgi

    def _end(self, worker: Worker) -> None:
        """The worker's last act. Threads that wait for somebody do not hold it up."""
        if not worker.booted:
            return
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
            signal.signal(number, signal.SIG_IGN)
        try:
            self.program.end()
        except Exception:
            log.warning("end_failed", exc_info=True)
        logging.shutdown()
        os._exit(0)


class ServerLogger(Logger):
    """What gunicorn has to say goes where everything else is said."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


def _common(settings: Settings) -> dict[str, object]:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        "bind": f"{host}:{settings.port}",
        "workers": 1,
        "logger_class": ServerLogger,
        "loglevel": "warning",
        "accesslog": None,
        "control_socket_disable": True,
        # Whose address and scheme to believe is decided once, by CONCORD_PROXY_HOPS in the program.
        "forwarded_allow_ips": "",
        "limit_request_line": 8190,
        "limit_request_fields": 64,
        "limit_request_field_size": 8190,
        "keepalive": 20,
        "timeout": 60,
        "graceful_timeout": 25,
    }
