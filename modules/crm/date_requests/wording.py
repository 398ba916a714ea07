"""An answer in words that need no translation: the days that moved, and what the supplier adds."""

from collections.abc import Iterable

from modules.crm.date_requests.models import DateRequestLine


def moved(lines: Iterable[DateRequestLine]) -> str | None:
    """`Sensor body: 2026-12-12 → 2026-12-19` for each line on another day, remarks below it."""
    said = [sentence for line in lines for sentence in _said(line)]
    return "\n".join(said) or None


def _said(line: DateRequestLine) -> Iterable[str]:
    if line.answered_on != line.wanted_on:
        yield f"{line.item}: {line.wanted_on.isoformat()} → {line.answered_on}"
    if line.remark:
        yield line.remark
