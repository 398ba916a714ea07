"""A look as JSON: what a saved view keeps, and what programs send. Nothing but plain values."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from concord.errors import Invalid
from concord.lists import tree
from concord.lists.types import Look

MOST_NAMES = 40
LONGEST_NAME = 80
LAYOUTS = ("list", "board", "calendar")
NARROWEST, WIDEST = 48, 800
NAMES = frozenset({"filter", "sort", "group", "columns", "layout", "by", "widths"})


def as_json(look: Look) -> dict[str, Any]:
    """Only what differs from an untouched look."""
    found: dict[str, Any] = {
        "filter": look.filter.as_json() if look.filter else None,
        "sort": list(look.sort),
        "group": look.group,
        "columns": list(look.columns),
        "layout": look.layout if look.layout != "list" else None,
        "by": look.by,
        "widths": dict(look.widths),
    }
    return {name: value for name, value in found.items() if value}


def from_json(found: Any) -> Look:
    """The look that JSON describes; Invalid names what it cannot mean."""
    if not isinstance(found, Mapping) or not set(found) <= NAMES:
        raise Invalid({"look": [_("A look has %(names)s.", names=", ".join(sorted(NAMES)))]})
    return Look(
        filter=tree.from_json(found["filter"]) if found.get("filter") else tree.NOTHING,
        sort=_names(found, "sort"),
        group=_name(found, "group"),
        columns=_names(found, "columns"),
        layout=_layout(found.get("layout") or "list"),
        by=_name(found, "by"),
        widths=_widths(found.get("widths") or {}),
    )


def _names(found: Mapping[str, Any], key: str) -> tuple[str, ...]:
    names = found.get(key) or []
    sensible = isinstance(names, list) and len(names) <= MOST_NAMES
    if not sensible or not all(
        isinstance(name, str) and len(name) <= LONGEST_NAME for name in names
    ):
        raise Invalid({key: [_("Send a list of field names.")]})
    return tuple(names)


def _name(found: Mapping[str, Any], key: str) -> str | None:
    name = found.get(key)
    if name is not None and not (isinstance(name, str) and len(name) <= LONGEST_NAME):
        raise Invalid({key: [_("Send the name of a field.")]})
    return name or None


def _layout(name: Any) -> str:
    if name not in LAYOUTS:
        raise Invalid({"layout": [_("Choose list, board or calendar.")]})
    return str(name)


def _widths(found: Any) -> dict[str, int]:
    sensible = isinstance(found, Mapping) and len(found) <= MOST_NAMES
    if not sensible or not all(
        isinstance(name, str) and isinstance(width, int) and NARROWEST <= width <= WIDEST
        for name, width in found.items()
    ):
        raise Invalid({"widths": [_("Send pixels by field name, from 48 to 800.")]})
    return dict(found)
