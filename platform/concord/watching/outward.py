"""What this process tells others about itself: nothing, unless its environment asks for it."""

import importlib.util
from collections.abc import Callable

from concord.observing import report_to
from concord.settings import Settings, SettingsError
from concord.watching.work import follow

PACKAGES = "requirements/watching.txt"


def check(settings: Settings) -> None:
    """SettingsError where something was asked for whose package is not installed."""
    for setting, value, module in (
        ("CONCORD_SENTRY_DSN", settings.sentry_dsn, "sentry_sdk"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", settings.otlp_endpoint, "opentelemetry.exporter.otlp"),
    ):
        if value and not _is_installed(module):
            raise SettingsError(
                f"{setting} is set, but its package is not installed: "
                f"run `.venv/bin/pip install -r {PACKAGES}`, or unset it."
            )


def start(settings: Settings, role: str) -> Callable[[], None]:
    """Begin, in the process that serves; gives what ends it, which sends what is left."""
    ends: list[Callable[[], None]] = []
    if settings.sentry_dsn:
        from concord.watching.reports import Reports

        reports = Reports(settings, role)
        report_to(reports)
        ends.append(reports.end)
    if settings.otlp_endpoint:
        from concord.watching.traces import Traces

        traces = Traces(role)
        follow(traces)
        ends.append(traces.stop)

    def end() -> None:
        for each in ends:
            each()

    return end


def _is_installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False
