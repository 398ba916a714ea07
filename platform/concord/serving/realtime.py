"""Sockets only, thousands of them: gevent. They authorise, join rooms and ring."""

from collections.abc import Callable
from typing import Any

from concord.serving.lean import load_sockets
from concord.serving.program import Program
from concord.serving.server import GREEN, Server
from concord.settings import Settings

MOST_CONNECTIONS = 10_100
"""As many sockets as there may be, and room for those who ask how it does."""


def serve(settings: Settings, modules: Callable[[], Any]) -> None:
    """Serve until told to end. `modules` loads them, in the worker."""
    options = {
        "worker_class": GREEN,
        "worker_connections": MOST_CONNECTIONS,
        "proc_name": "concord realtime",
    }
    Server(settings, lambda: make(settings, modules), options=options).run()


def make(settings: Settings, modules: Callable[[], Any]) -> Program:
    # Not before the worker has put gevent in place of the standard library's sockets and locks.
    load_sockets()
    from concord.app import create_app
    from concord.realtime.server import make_socketio, start_sweeper
    from concord.watching import outward
    from concord.watching.listener import listen

    app = create_app(settings, modules())
    outward_end = outward.start(settings, "realtime")
    socketio = make_socketio(app, role="realtime")
    start_sweeper(app, socketio)
    listen(app, settings.metrics_port)
    return Program(
        wsgi=app,
        farewell=lambda: socketio.start_background_task(socketio.server.eio.disconnect),
        ends=[app.extensions["concord"].database.dispose, outward_end],
    )
