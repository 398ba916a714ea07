"""Pages for who only looks as somebody else: what would change something is there, and inert.

The server refuses every change anyway (`concord/web/routing.py`); this says so before the click,
in one place, on whole pages and on parts of them alike.
"""

import re

from werkzeug.wrappers import Response

from concord.web.request import actor_or_none

END = "/settings/look/end"
OPENING = re.compile(r"<(form|button|input|textarea|a)\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
CHANGING = re.compile(
    r"\smethod=\"post\"|\shx-(?:post|patch|put|delete)=|\sdata-check\b|\shref=\"[^\"?]*/(?:new|edit)[\"?]"
)


def still(response: Response) -> None:
    """Make every form, button and link that leads to a change inert, where one only looks."""
    who = actor_or_none()
    if who is None or who.looking is None or response.mimetype != "text/html":
        return
    if not response.direct_passthrough:
        response.set_data(OPENING.sub(_still, response.get_data(as_text=True)))


def _still(found: re.Match[str]) -> str:
    tag, attributes = found.groups()
    if END in attributes or not CHANGING.search(attributes):
        return found[0]
    return f"<{tag} inert{attributes}>"
