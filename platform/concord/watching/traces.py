"""Spans to whoever collects them, where OTEL_EXPORTER_OTLP_ENDPOINT says so: one for each request,
job and event of a socket, with one for each of its statements.

They hold names of ours, numbers, and statements with their placeholders: no address, no value.
"""

import importlib
import os
import time
from importlib.metadata import version
from typing import Any

from structlog.contextvars import get_contextvars

from concord.watching.work import Kind, Work

LONGEST = 2000
CARRIED = ("request_id", "job_id", "event_id")
KINDS: dict[Kind, str] = {"endpoint": "SERVER", "job": "CONSUMER", "socket_event": "SERVER"}


class Traces:
    """Follows the work of this process."""

    def __init__(self, role: str) -> None:
        self._trace = importlib.import_module("opentelemetry.trace")
        sdk = importlib.import_module("opentelemetry.sdk.trace")
        export = importlib.import_module("opentelemetry.sdk.trace.export")
        http = importlib.import_module("opentelemetry.exporter.otlp.proto.http.trace_exporter")
        resource = importlib.import_module("opentelemetry.sdk.resources").Resource
        named = {
            "service.name": os.environ.get("OTEL_SERVICE_NAME") or "concord",
            "service.version": version("concord"),
            "concord.role": role,
        }
        self._provider = sdk.TracerProvider(resource=resource.create(named))
        self._provider.add_span_processor(export.BatchSpanProcessor(http.OTLPSpanExporter()))
        self._tracer = self._provider.get_tracer("concord")

    def begin(self, work: Work) -> None:
        kind = getattr(self._trace.SpanKind, KINDS[work.kind])
        work.span = self._tracer.start_span(work.name, context=_nowhere(), kind=kind)

    def statement(self, work: Work, sql: str, seconds: float) -> None:
        if work.span is None:
            return
        ended = time.time_ns()
        span = self._tracer.start_span(
            sql.partition(" ")[0],
            context=self._trace.set_span_in_context(work.span, _nowhere()),
            kind=self._trace.SpanKind.CLIENT,
            start_time=ended - int(seconds * 1e9),
            attributes={"db.query.text": " ".join(sql.split())[:LONGEST]},
        )
        span.end(end_time=ended)

    def end(self, work: Work) -> None:
        span: Any = work.span
        if span is None:
            return
        carried = get_contextvars()
        span.update_name(work.name)
        span.set_attributes({f"concord.{name}": value for name, value in work.costs.items()})
        span.set_attributes({f"concord.{n}": carried[n] for n in CARRIED if n in carried})
        if work.status is not None:
            span.set_attribute("http.response.status_code", work.status)
        if work.failed or (work.status or 0) >= 500:
            span.set_status(self._trace.StatusCode.ERROR)
        span.end()

    def stop(self) -> None:
        self._provider.shutdown()


def _nowhere() -> Any:
    """Work begins by itself: what a stranger's headers say of their trace is not taken over."""
    return importlib.import_module("opentelemetry.context").Context()
