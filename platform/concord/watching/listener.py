"""A second door on this machine alone, for those who watch: health and figures, nothing else.

A worker has no other; figures behind it need the same token as everywhere.
"""

import threading
from collections.abc import Iterable
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from flask import Flask

from concord.serving.ports import THIS_MACHINE

PATHS = frozenset({"/livez", "/readyz", "/metrics"})
PATIENCE = 5.0
"""Seconds for which somebody may be slow to ask or to hear."""


def listen(app: Flask, port: int) -> None:
    """Answer on `port` for as long as the process lives; 0: do not."""
    if not port:
        return
    answer = _only_health(app)
    server = make_server(THIS_MACHINE, port, answer, server_class=_Server, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, name="concord-listener", daemon=True).start()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    block_on_close = False


class _Quiet(WSGIRequestHandler):
    timeout = PATIENCE

    def log_message(self, format: str, *args: Any) -> None:
        """The program writes a line of its own where something was wrong."""


def _only_health(app: Flask) -> Any:
    inner = app.wsgi_app

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO") not in PATHS:
            start_response("404 Not Found", [("Content-Type", "text/plain")])
            return [b"not found"]
        return inner(environ, start_response)

    return answer
