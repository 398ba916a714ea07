from collections.abc import Callable

from gunicorn.workers.base import Worker

class PollableMethodQueue:
    def defer(self, callback: Callable[..., None], *args: object) -> None: ...

class ThreadWorker(Worker):
    method_queue: PollableMethodQueue
