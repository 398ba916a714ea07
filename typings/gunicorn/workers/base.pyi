from typing import Any

from gunicorn.app.base import BaseApplication

class Worker:
    app: BaseApplication
    alive: bool
    booted: bool
    def handle_exit(self, sig: int, frame: Any) -> None: ...
