"""An answer in words: the days that moved, and what the supplier adds."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from concord.web.formatting import short_date_in
from modules.crm.date_requests.models import DateRequestLine


def moved(lines: Iterable[DateRequestLine]) -> str | None:
    """`Sensor body: 2026-12-12 → 2026-12-19` for each line on another day, remarks below it."""
    said = [sentence for line in lines for sentence in _said(line)]
    return "\n".join(said) or None


def in_words(payload: Mapping[str, Any], body: str, language: str) -> str:
    """What `moved` has written, with the days as a reader of the language writes them."""
    spoken = {
        _move(line["item"], line["wanted"], line["answered"]): _move(
            line["item"], _day(language, line["wanted"]), _day(language, line["answered"])
        )
        for line in payload["lines"]
        if line["answered"]
    }
    return "\n".join(spoken.get(line, line) for line in body.split("\n"))


def _said(line: DateRequestLine) -> Iterable[str]:
    if line.answered_on is not None and line.answered_on != line.wanted_on:
        yield _move(line.item, line.wanted_on.isoformat(), line.answered_on.isoformat())
    if line.remark:
        yield line.remark


def _move(item: str, wanted: str, answered: str) -> str:
    return f"{item}: {wanted} → {answered}"


def _day(language: str, day: str) -> str:
    return short_date_in(language, date.fromisoformat(day))
