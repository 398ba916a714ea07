"""Routes that say who may come in: a permission and the faces they are open to.

The program does not start while a view says nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache, wraps
from typing import Any, TypeVar

from flask import Blueprint, Flask, make_response
from flask import request as asked
from sqlalchemy.exc import OperationalError
from werkzeug.routing import Rule
from werkzeug.wrappers import Response

from concord.actors import Face
from concord.database.engine import given_way
from concord.errors import Forbidden, NotFound
from concord.web import csrf, request
from concord.web.marks import N_

View = TypeVar("View", bound=Callable[..., Any])
STAFF = frozenset({Face.STAFF})
TRIES = 3
OUTSIDE = frozenset({Face.CUSTOMER, Face.SUPPLIER})
EVERYBODY = STAFF | OUTSIDE
ONLY_LOOKING = N_("You look as somebody else: nothing can be changed. Stop looking first.")


class Entry(Enum):
    """Permissions that no role holds: nobody needs to sign in, or signing in is enough."""

    PUBLIC = "public"
    SIGNED_IN = "signed in"


PUBLIC = Entry.PUBLIC
SIGNED_IN = Entry.SIGNED_IN


@dataclass(frozen=True, slots=True)
class Access:
    """What a view declared."""

    permission: str | Entry
    faces: frozenset[Face]
    while_looking: bool = False

    def check(self) -> None:
        self._check_permission()
        who = request.actor_or_none()
        changes = asked.method not in request.SAFE_METHODS
        if who is not None and who.looking is not None and changes and not self.while_looking:
            raise Forbidden(ONLY_LOOKING)

    def _check_permission(self) -> None:
        """Let the caller in, or raise: Unauthorized, NotFound (wrong face), Forbidden."""
        if self.permission is Entry.PUBLIC:
            return
        who = request.actor()
        if who.face not in self.faces:
            raise NotFound
        if isinstance(self.permission, str) and not who.may(self.permission):
            raise Forbidden


class UndeclaredView(Exception):
    """A route that does not say who may use it."""


class LateRule(Rule):
    """A rule that compiles what builds its addresses when one is first built.

    Done for every rule at start, as Werkzeug does, it takes a third of a second.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled = cache(super()._compile_builder)

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            return compiled(append_unknown)(rule, **values)

        return build


class Routes(Blueprint):
    """A blueprint whose every route names its permission and faces.

    A view runs in one transaction, committed when it answers with a status below 400. Where two
    had waited for each other and the database ended this one, it begins again.
    """

    def get(self, rule: str, **options: Any) -> Callable[[View], View]:
        return self.route(rule, methods=["GET"], **options)

    def post(self, rule: str, **options: Any) -> Callable[[View], View]:
        return self.route(rule, methods=["POST"], **options)

    def put(self, rule: str, **options: Any) -> Callable[[View], View]:
        return self.route(rule, methods=["PUT"], **options)

    def patch(self, rule: str, **options: Any) -> Callable[[View], View]:
        return self.route(rule, methods=["PATCH"], **options)

    def delete(self, rule: str, **options: Any) -> Callable[[View], View]:
        return self.route(rule, methods=["DELETE"], **options)

    def route(
        self,
        rule: str,
        *,
        permission: str | Entry | None = None,
        faces: Iterable[Face] = STAFF,
        while_looking: bool = False,
        **options: Any,
    ) -> Callable[[View], View]:
        """`while_looking`: also an administrator who only looks as somebody may ask for it."""
        endpoint = options.pop("endpoint", None)

        def declare(view: View) -> View:
            if permission is None:
                raise UndeclaredView(f"{self.name}.{view.__name__} names no permission")
            guarded = _guarded(view, Access(permission, frozenset(faces), while_looking))
            self.add_url_rule(rule, endpoint or view.__name__, guarded, **options)
            return view

        return declare


def access_of(view: Callable[..., Any]) -> Access | None:
    """What a view declared, if it did."""
    return getattr(view, "access", None)


def refuse_undeclared(app: Flask) -> None:
    """Raise UndeclaredView for the first endpoint that names no permission."""
    for rule in app.url_map.iter_rules():
        if access_of(app.view_functions[rule.endpoint]) is None:
            raise UndeclaredView(f"{rule.endpoint} ({rule.rule}) names no permission")


def declared(view: View, permission: str | Entry, faces: Iterable[Face] = STAFF) -> View:
    """Declare the access of a view made elsewhere (static files, generated resources)."""
    return _guarded(view, Access(permission, frozenset(faces)))  # type: ignore[return-value]


def _guarded(view: Callable[..., Any], access: Access) -> Callable[..., Response]:
    @wraps(view)
    def guarded(**arguments: Any) -> Response:
        access.check()
        csrf.check()
        request.read_body()
        for _ in range(TRIES - 1):
            try:
                return _answered(view, arguments)
            except OperationalError as error:
                if not given_way(error):
                    raise
                request.begin_again()
        return _answered(view, arguments)

    guarded.access = access  # type: ignore[attr-defined]
    return guarded


def _answered(view: Callable[..., Any], arguments: dict[str, Any]) -> Response:
    answer = make_response(view(**arguments))
    if answer.status_code < 400:
        request.commit()
    return answer
