"""Each request leaves one log line and two figures; none of them says what was asked or by whom."""

from collections.abc import Callable, Iterable
from typing import Any

import structlog
from flask import Flask, request
from prometheus_client import Counter, Histogram

from concord.watching.work import Work, doing

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
# Asked for too often to be worth a line while all is well.
QUIET = frozenset({"static", "health.livez", "health.readyz", "health.metrics"})

REQUESTS = Counter("concord_requests", "Requests answered.", ["endpoint", "method", "status"])
SECONDS = Histogram(
    "concord_request_seconds",
    "Seconds until an answer began.",
    ["endpoint"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)

log = structlog.get_logger("concord.web")


def measure(app: Flask) -> None:
    """Note every request of `app`, whatever becomes of it."""
    inner = app.wsgi_app

    def measured(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with doing("endpoint", "none") as work:
            environ["concord.work"] = work
            work.status = 500

            def started(line: str, *rest: Any) -> Any:
                work.status = int(line[:3])
                return start_response(line, *rest)

            try:
                return inner(environ, started)
            finally:
                _note(environ, work)

    app.wsgi_app = measured  # type: ignore[method-assign]

    @app.before_request
    def _name() -> None:
        work: Work | None = request.environ.get("concord.work")
        if work is not None and request.endpoint:
            work.name = request.endpoint


def _note(environ: dict[str, Any], work: Work) -> None:
    method = environ["REQUEST_METHOD"] if environ["REQUEST_METHOD"] in METHODS else "other"
    status = work.status or 500
    REQUESTS.labels(work.name, method, status).inc()
    SECONDS.labels(work.name).observe(work.seconds)
    if status < 400 and work.name in QUIET:
        return
    log.info(
        "request",
        method=method,
        endpoint=work.name,
        status=status,
        request_id=environ.get("concord.request_id"),
        **work.costs,
    )
