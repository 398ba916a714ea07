"""Everything in one process: pages, sockets and jobs. For one machine and some 200 people."""

from collections.abc import Callable

from flask import Flask

from concord.installation import Installation
from concord.jobs.executors import NameTaken, free
from concord.jobs.worker import Worker
from concord.realtime.server import make_socketio, start_sweeper
from concord.serving.program import Program
from concord.serving.server import THREADED, Server
from concord.watching import outward
from concord.watching.listener import listen

# A socket holds a thread for as long as it is open.
THREADS = 256
EXECUTOR = "embedded"


def serve(app: Flask, *, ready: Callable[[], None] = lambda: None) -> None:
    """Serve until told to end; raises NameTaken where somebody serves this database already."""
    installation: Installation = app.extensions["concord"]
    free(installation.database, EXECUTOR)
    installation.database.dispose()
    options = {
        "worker_class": THREADED,
        "threads": THREADS,
        "worker_connections": 4 * THREADS,
        "graceful_timeout": 10,
        "proc_name": "concord",
    }
    Server(
        installation.settings,
        lambda: make(app),
        options=options,
        ready=ready,
        failures=(NameTaken,),
    ).run()


def make(app: Flask) -> Program:
    installation: Installation = app.extensions["concord"]
    outward_end = outward.start(installation.settings, "all")
    worker = Worker(installation, EXECUTOR)
    worker.start()
    socketio = make_socketio(app, role="embedded")
    start_sweeper(app, socketio)
    listen(app, installation.settings.metrics_port)
    return Program(
        wsgi=app,
        farewell=lambda: socketio.start_background_task(socketio.server.eio.disconnect),
        ends=[lambda: worker.stop(patience=5), installation.database.dispose, outward_end],
    )
