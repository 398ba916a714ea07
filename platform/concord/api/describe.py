"""How a resource made by hand describes itself for OpenAPI; collections describe themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask_babel import LazyString
from marshmallow import Schema

from concord.actors import Actor

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an address."""

    name: str
    kind: str
    description: LazyString


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What a view takes and gives. `response` names the answer's schema for a face.

    `paged` wraps it as `{"items": […], "next": …}` with the type of `next`. `upload` takes a
    `file` as the part of a form.
    """

    tag: str
    summary: LazyString
    parameters: tuple[Parameter, ...] = ()
    request: type[Schema] | None = None
    response: Callable[[Actor], type[Schema]] | None = None
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
