from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Request
from flask.typing import ResponseReturnValue

Loader = TypeVar("Loader", bound=Callable[..., Any])

current_user: Any

class AnonymousUserMixin:
    is_authenticated: bool
    is_active: bool
    is_anonymous: bool
    def get_id(self) -> str | None: ...

class LoginManager:
    anonymous_user: Callable[[], object]
    login_view: str | None
    session_protection: str | None
    def __init__(self, app: Flask | None = None, add_context_processor: bool = True) -> None: ...
    def init_app(self, app: Flask, add_context_processor: bool = True) -> None: ...
    def user_loader(self, callback: Loader) -> Loader: ...
    def request_loader(
        self, callback: Callable[[Request], object | None]
    ) -> Callable[[Request], object | None]: ...
    def unauthorized(self) -> ResponseReturnValue: ...
    def unauthorized_handler(self, callback: Loader) -> Loader: ...

def login_user(
    user: object,
    remember: bool = False,
    duration: object = None,
    force: bool = False,
    fresh: bool = True,
) -> bool: ...
def logout_user() -> bool: ...
