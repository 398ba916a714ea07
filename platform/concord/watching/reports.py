"""Errors to Sentry, where CONCORD_SENTRY_DSN says so: what was raised, where, in which work.

No requests, no values of variables, no people. What is left goes through `hide_secrets`.
"""

import importlib
import re
from importlib.metadata import version
from typing import Any

from structlog.typing import EventDict

from concord.observing import HIDDEN, Raised, hide_in
from concord.settings import Settings

TAGS = ("endpoint", "job", "socket_event", "request_id", "job_id", "event_id", "logger")
# What databases and parsers say of a value, they say in quotes.
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|\([^()]*@[^()]*\)")
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
FLUSH_SECONDS = 2.0


class Reports:
    """A reporter of `concord.observing`."""

    def __init__(self, settings: Settings, role: str) -> None:
        self._sentry = importlib.import_module("sentry_sdk")
        self._sentry.init(
            dsn=settings.sentry_dsn,
            release=f"concord@{version('concord')}",
            environment=settings.environment,
            # Nothing looks around by itself: requests, arguments, breadcrumbs, packages.
            default_integrations=False,
            auto_enabling_integrations=False,
            data_collection={
                "user_info": False,
                "http_bodies": [],
                "database_query_data": False,
                "stack_frame_variables": False,
            },
            max_breadcrumbs=0,
            before_send=lambda event, _hint: scrubbed(event),
        )
        self._role = role

    def __call__(self, level: str, event: EventDict, raised: Raised | None) -> None:
        with self._sentry.new_scope() as scope:
            scope.set_level("fatal" if level == "critical" else level)
            scope.set_tag("role", self._role)
            for name in TAGS:
                if event.get(name):
                    scope.set_tag(name, str(event[name]))
            if raised is None:
                scope.capture_message(str(event.get("event")))
            else:
                scope.set_tag("event", str(event.get("event")))
                scope.capture_exception(raised)

    def end(self) -> None:
        self._sentry.flush(timeout=FLUSH_SECONDS)


def scrubbed(event: Any) -> Any:
    """What may leave of an event that is about to."""
    for name in ("request", "user", "extra", "breadcrumbs", "modules"):
        event.pop(name, None)
    for found in event.get("exception", {}).get("values", ()):
        found["value"] = said(str(found.get("value") or ""))
        for frame in found.get("stacktrace", {}).get("frames", ()):
            frame.pop("vars", None)
    if isinstance(event.get("message"), str):
        event["message"] = said(event["message"])
    return event


def said(text: str) -> str:
    """The first line of an error, without the values in it."""
    first = QUOTED.sub(HIDDEN, hide_in(text.partition("\n")[0]))
    return ADDRESS.sub(HIDDEN, first)
