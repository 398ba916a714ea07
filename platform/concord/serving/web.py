"""Pages and API only; what happens is rung through Redis, jobs are left to the workers."""

from flask import Flask
from sqlalchemy import QueuePool

from concord.installation import Installation
from concord.realtime.bell import Bell
from concord.realtime.server import make_socketio
from concord.serving.program import Program
from concord.serving.server import THREADED, Server
from concord.watching import outward
from concord.watching.listener import listen


def serve(app: Flask) -> None:
    """Serve until told to end, with as many threads as there are database connections."""
    installation: Installation = app.extensions["concord"]
    installation.database.dispose()
    pool = installation.database.engine.pool
    assert isinstance(pool, QueuePool)
    options = {"worker_class": THREADED, "threads": pool.size(), "proc_name": "concord web"}
    Server(installation.settings, lambda: make(app), options=options).run()


def make(app: Flask) -> Program:
    installation: Installation = app.extensions["concord"]
    outward_end = outward.start(installation.settings, "web")
    make_socketio(app, role="web")
    listen(app, installation.settings.metrics_port)
    bell: Bell | None = app.extensions.get("concord.bell")
    ends = [installation.database.dispose, outward_end]
    return Program(wsgi=app, ends=[bell.fall_silent, *ends] if bell is not None else ends)
