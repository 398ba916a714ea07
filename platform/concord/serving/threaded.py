"""A worker with threads that does not wait for open sockets when it is asked to end."""

from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from concord.serving.server import Server


class ThreadedWorker(ThreadWorker):
    def handle_exit(self, sig: int, frame: Any) -> None:
        super().handle_exit(sig, frame)
        assert isinstance(self.app, Server)
        self.method_queue.defer(self.app.program.farewell)
