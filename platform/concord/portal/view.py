"""Portal pages show frozen values only: an object of the database on one of them is refused."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum

from flask_babel import LazyString
from werkzeug.wrappers import Response

from concord.web.pages import render

PLAIN = (str, int, float, bool, Decimal, date, time, Enum, LazyString, type(None))


class Unsafe(TypeError):
    """Something is about to be shown outside that is not a safe value."""


def page(template: str, /, status: int = 200, **shown: object) -> Response:
    """A page for people outside. Raises Unsafe unless all it shows is plain or frozen.

    Safe values are text, numbers, days and times, and tuples, lists, mappings and frozen
    dataclasses of them. Whoever builds such a dataclass has listed its fields: nothing that a
    record gains later can reach a page by itself.
    """
    for name, value in shown.items():
        ensure_safe(value, name)
    return render(template, status, **shown)


def ensure_safe(value: object, where: str) -> None:
    """Raise Unsafe, naming the place, if anything in `value` is not a safe value."""
    if isinstance(value, PLAIN):
        return
    if isinstance(value, Mapping):
        for key, item in value.items():
            ensure_safe(item, f"{where}[{key}]")
    elif isinstance(value, list | tuple | frozenset):
        for number, item in enumerate(value):
            ensure_safe(item, f"{where}[{number}]")
    elif is_frozen(value):
        for field in fields(value):  # type: ignore[arg-type]
            ensure_safe(getattr(value, field.name), f"{where}.{field.name}")
    else:
        raise Unsafe(f"{where} is a {type(value).__name__}: build a frozen view of it")


def is_frozen(value: object) -> bool:
    """Whether `value` is a frozen dataclass: written down once, changed by nobody."""
    if not is_dataclass(value) or isinstance(value, type):
        return False
    return bool(value.__dataclass_params__.frozen)  # type: ignore[attr-defined]
