"""A worker with thousands of sockets that says goodbye to them when it is asked to end."""

from typing import Any

from geventwebsocket.gunicorn.workers import GeventWebSocketWorker

from concord.serving.server import Server


class GreenWorker(GeventWebSocketWorker):
    def handle_exit(self, sig: int, frame: Any) -> None:
        super().handle_exit(sig, frame)
        assert isinstance(self.app, Server)
        self.app.program.farewell()
