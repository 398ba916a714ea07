"""Cookies as we set them: hidden from scripts and other sites, and encrypted where pages are."""

from datetime import timedelta

from flask import after_this_request
from werkzeug.wrappers import Response

from concord.installation import current_installation


def set_cookie(response: Response, name: str, value: str, lasts: timedelta | None = None) -> None:
    """Send a cookie; without `lasts` it ends with the browser."""
    response.set_cookie(
        name,
        value,
        max_age=lasts,
        httponly=True,
        samesite="Lax",
        secure=current_installation().settings.secure_cookies,
    )


def set_cookie_later(name: str, value: str, lasts: timedelta) -> None:
    """The same with the answer to this request, whatever it will be."""

    @after_this_request
    def send(response: Response) -> Response:
        set_cookie(response, name, value, lasts)
        return response
