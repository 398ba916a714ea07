"""What the program says about itself: JSON lines in production, readable ones otherwise."""

import logging
import re
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from concord.settings import Settings

# Everything that could begin another line, or speak to a terminal.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
CONTROL_BUT_LINES = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
SECRET = re.compile(r"passw|secret|token|cookie|authorization|csrf|api_?key", re.IGNORECASE)
PASSWORD_IN_URL = re.compile(r"(://[^/\s:@]*:)[^@/\s]+(@)")
HIDDEN = "…"


def configure(settings: Settings) -> None:
    """Set up logging for this process: ours and everybody else's, to standard error."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(
            fmt="iso" if settings.production else "%H:%M:%S", utc=settings.production
        ),
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


def hide_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Values whose name says that they are secret, and passwords in addresses, are not logged."""
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
        return PASSWORD_IN_URL.sub(rf"\1{HIDDEN}\2", value)
    if isinstance(value, dict):
        return {str(key): _hidden(str(key), inner) for key, inner in value.items()}
    return value


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
