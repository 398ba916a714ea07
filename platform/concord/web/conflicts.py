"""The answer to a stale edit: both values of each clashing field, to choose from."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from concord.errors import Conflict
from concord.web import csrf
from concord.web.forms import ORIGINAL
from concord.web.pages import render


def as_written(_name: str, value: Any) -> str:
    """A value as its field holds it."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return "" if value is None else str(value)


def choose(
    error: Conflict,
    *,
    title: str,
    url: str,
    labels: Mapping[str, str],
    shown: Callable[[str, Any], str] = as_written,
    method: str = "post",
    target: str | None = None,
    by: object | None = None,
    at: datetime | None = None,
) -> Response:
    """Ask which value stays (409), in the dialog or as a page; the rest of the form is kept.

    `url` and `method` take the choice; `target` is morphed with the answer, without it the answer
    leads on. `labels` name the fields, `shown` says a value to people. `by` (id, name) saved
    meanwhile, `at` that moment.
    """
    clashes = [
        {
            "name": clash.field,
            "label": labels.get(clash.field, clash.field),
            **_side("original", clash.field, clash.original, shown),
            **_side("theirs", clash.field, clash.theirs, shown),
            **_side("mine", clash.field, clash.mine, shown),
        }
        for clash in error.conflicts
    ]
    names = {clash.field for clash in error.conflicts}
    context = {
        "title": title,
        "url": url,
        "method": method,
        "target": target,
        "by": by,
        "at": at,
        "clashes": clashes,
        "fields": _others(names),
    }
    response = render("errors/conflict.html", 409, conflict=context)
    response.headers["HX-Retarget"] = "#dialog"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def _side(side: str, name: str, value: Any, shown: Callable[[str, Any], str]) -> dict[str, str]:
    return {side: as_written(name, value), f"{side}_shown": shown(name, value)}


def _others(clashing: set[str]) -> list[tuple[str, str]]:
    """What else the form sent: it merges, or is sent again unchanged."""
    left_out = {csrf.FIELD, *clashing, *(f"{ORIGINAL}{name}" for name in clashing)}
    return [(name, value) for name, value in request.form.items(multi=True) if name not in left_out]
