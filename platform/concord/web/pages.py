"""Rendering pages: whole, or only the block a fragment request asks for."""

from typing import Any

from flask import current_app, make_response, redirect, render_template
from werkzeug.wrappers import Response

from concord.web.request import is_fragment


def render(template: str | list[Any], /, status: int = 200, **context: object) -> Response:
    """A page, of several templates the first that there is. Never cached: it is somebody's."""
    response = make_response(render_template(template, **context), status)
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("HX-Request")
    return response


def block(template: str, name: str, /, status: int = 200, **context: object) -> Response:
    """One block of a page's template, for a fragment request; the whole page otherwise."""
    if not is_fragment():
        return render(template, status, **context)
    current_app.update_template_context(context)
    found = current_app.jinja_env.get_template(template)
    rendered = "".join(found.blocks[name](found.new_context(context)))
    response = make_response(rendered, status)
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("HX-Request")
    return response


def go_to(url: str) -> Response:
    """Lead the browser to another page after a change, also out of a fragment or dialog."""
    if not is_fragment():
        return redirect(url, 303)
    response = make_response("", 204)
    response.headers["HX-Redirect"] = url
    return response
