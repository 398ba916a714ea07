"""What the program says about itself: JSON lines in production, readable ones otherwise."""

import logging
import re
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any, TypeAlias

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from concord.settings import Settings

# Everything that could begin another line, or speak to a terminal.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
CONTROL_BUT_LINES = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
SECRET = re.compile(r"passw|secret|token|cookie|authorization|csrf|api_?key", re.IGNORECASE)
PASSWORD_IN_URL = re.compile(r"(://[^/\s:@]*:)[^@/\s]+(@)")
TOKEN = re.compile(r"\b(concord_|whsec_|Bearer )[\w.~+/=-]+")
# What was asked for: everything after the question mark of an address.
QUERY = re.compile(r"((?:\w+://|(?<![^\s'\"(])/)[^\s?'\"]*\?)[^\s'\"]+")
HIDDEN = "…"

Raised: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None]
Reporter: TypeAlias = Callable[[str, EventDict, "Raised | None"], None]

# Whoever reports must not be reported on: it would never end.
UNREPORTED = ("sentry_sdk", "opentelemetry", "urllib3")
_reporters: list[Reporter] = []


def configure(settings: Settings) -> None:
    """Set up logging for this process: ours and everybody else's, to standard error."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(
            fmt="iso" if settings.production else "%H:%M:%S", utc=settings.production
        ),
        _report,
        structlog.processors.format_exc_info,
        hide_secrets,
        escape_controls,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(settings, shared))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("concord").setLevel(logging.INFO)
    # DBOS writes to a console of its own unless its logger has a handler.
    logging.getLogger("dbos").handlers = [handler]


def _formatter(settings: Settings, shared: list[Processor]) -> logging.Formatter:
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.production
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )


def report_to(*reporters: Reporter) -> None:
    """Have these, and no others, told of errors and of whatever was raised: level, line, raised."""
    _reporters[:] = reporters


def _report(_logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    raised = _raised(event.get("exc_info"))
    is_error = event.get("level") in ("error", "critical")
    if _reporters and (is_error or raised) and not _is_unreported(event):
        left = {name: value for name, value in event.items() if not name.startswith("_")}
        left.pop("exc_info", None)
        for reporter in _reporters:
            reporter(str(event.get("level")), hide_secrets(_logger, method, left), raised)
    return event


def _raised(given: Any) -> Raised | None:
    if isinstance(given, BaseException):
        return (type(given), given, given.__traceback__)
    found = given if isinstance(given, tuple) else sys.exc_info() if given else None
    return None if found is None or found[0] is None else found


def _is_unreported(event: EventDict) -> bool:
    return str(event.get("logger", "")).startswith(UNREPORTED)


def hide_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Secrets are not logged: values whose name says so, passwords and queries in addresses,
    tokens wherever they stand.
    """
    return {name: _hidden(name, value) for name, value in event.items()}


def escape_controls(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A logged value stays on its line and commands no terminal; tracebacks keep their lines."""
    return {
        name: _escaped(value, CONTROL_BUT_LINES if name == "exception" else CONTROL)
        for name, value in event.items()
    }


def _hidden(name: str, value: Any) -> Any:
    if SECRET.search(name) and not isinstance(value, bool | int | None):
        return HIDDEN
    if isinstance(value, str):
        return hide_in(value)
    if isinstance(value, dict):
        return {str(key): _hidden(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_hidden(name, inner) for inner in value]
    return value


def hide_in(text: str) -> str:
    """What is secret in any text."""
    text = PASSWORD_IN_URL.sub(rf"\1{HIDDEN}\2", text)
    return QUERY.sub(rf"\1{HIDDEN}", TOKEN.sub(rf"\1{HIDDEN}", text))


def _escaped(value: Any, control: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return control.sub(_written_out, value)
    if isinstance(value, dict):
        return {_escaped(key, control): _escaped(inner, control) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_escaped(inner, control) for inner in value]
    return value


def _written_out(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")
