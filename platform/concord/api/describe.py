"""How a resource made by hand describes itself for OpenAPI; collections describe themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from marshmallow import Schema

from concord.api.collection import SchemaChoice

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an address."""

    name: str
    kind: str
    description: LazyString


PAGING = (
    Parameter("limit", "integer", _l("How many, at most 200")),
    Parameter("cursor", "string", _l("Where the next page begins")),
)
"""What every list by pages takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What a view takes and gives. `response` is the answer's schema, or picks one for an actor.

    `paged` wraps it as `{"items": […], "next": …}` with the type of `next`. `upload` takes a
    `file` as the part of a form.
    """

    tag: str
    summary: LazyString
    parameters: tuple[Parameter, ...] = ()
    request: type[Schema] | None = None
    response: SchemaChoice | None = None
    status: int = 200
    paged: str | None = None
    keyed: bool = False
    upload: bool = False


def describes(operation: Operation) -> Callable[[View], View]:
    """Attach `operation` to a view; wrapping keeps it."""

    def attach(view: View) -> View:
        view.operation = operation  # type: ignore[attr-defined]
        return view

    return attach


def operation_of(view: Callable[..., Any]) -> Operation | None:
    return getattr(view, "operation", None)
