"""Each request leaves one log line and two figures; none of them says what was asked or by whom."""

import time
from collections.abc import Callable, Iterable
from typing import Any

import structlog
from flask import Flask, request
from prometheus_client import Counter, Histogram

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
        begun = time.perf_counter()
        status = "500"

        def started(line: str, *rest: Any) -> Any:
            nonlocal status
            status = line[:3]
            return start_response(line, *rest)

        try:
            return inner(environ, started)
        finally:
            _note(environ, int(status), time.perf_counter() - begun)

    app.wsgi_app = measured  # type: ignore[method-assign]

    @app.before_request
    def _name() -> None:
        request.environ["concord.endpoint"] = request.endpoint


def _note(environ: dict[str, Any], status: int, seconds: float) -> None:
    endpoint = environ.get("concord.endpoint") or "none"
    method = environ["REQUEST_METHOD"] if environ["REQUEST_METHOD"] in METHODS else "other"
    REQUESTS.labels(endpoint, method, status).inc()
    SECONDS.labels(endpoint).observe(seconds)
    if status < 400 and endpoint in QUIET:
        return
    log.info(
        "request",
        method=method,
        endpoint=endpoint,
        status=status,
        ms=round(seconds * 1000, 1),
        request_id=environ.get("concord.request_id"),
    )
