"""Searching on pages: the palette's answers, and a page of results for staff and for others."""

from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Invalid, NotFound
from concord.portal.view import page as portal_page
from concord.search.asking import LONGEST, ask
from concord.search.colleagues import colleague, looked_after
from concord.search.entries import KIND as ENTRY
from concord.search.entries import search_entries
from concord.search.matching import restorable
from concord.search.palette import look
from concord.search.queries import Hit, kinds_of, search
from concord.search.tagged import SIGN, Tagged, look_behind, may_ask
from concord.web.pages import render
from concord.web.rates import costly
from concord.web.request import actor, is_fragment, session
from concord.web.routing import OUTSIDE, SIGNED_IN, STAFF, Routes

routes = Routes("search", __name__)
ON_PAGE, ENTRIES_BESIDE = 40, 5


@routes.get("/search/palette", permission=SIGNED_IN)
@costly("600/minute")
def palette() -> Response:
    """What the palette shows for what is typed in it."""
    return render("search/palette.html", found=look(session(), actor(), _text()))


@routes.get("/search", permission=SIGNED_IN, faces=STAFF)
@costly("120/minute")
def index() -> Response:
    template = "search/found.html" if is_fragment() else "search/page.html"
    return render(template, **_found("search.index"))


@routes.get("/portal/search", permission=SIGNED_IN, faces=OUTSIDE)
@costly("120/minute")
def portal() -> Response:
    template = "search/found.html" if is_fragment() else "search/portal.html"
    return portal_page(template, **_found("search.portal"))


@routes.get("/people/<int:user_id>", permission=SIGNED_IN)
def person(user_id: int) -> Response:
    """A colleague: how to reach them, and what they look after."""
    found = colleague(session(), actor(), user_id)
    return render("search/person.html", person=found, hits=looked_after(session(), actor(), found))


def _found(endpoint: str) -> dict[str, Any]:
    text, kind = _text(), request.args.get("kind", "")
    may_restore = bool(restorable(actor()))
    archived = may_restore and request.args.get("archived") == "1"
    kinds = kinds_of(actor())
    if kind and kind not in (*(key for key, _label in kinds), ENTRY):
        raise NotFound
    hits: list[Hit] = []
    entries: list[Hit] = []
    tagged = Tagged()
    if text.startswith(SIGN) and may_ask(actor()):
        tagged = look_behind(session(), actor(), text.removeprefix(SIGN), limit=ON_PAGE)
        hits = [hit for hit in tagged.records if kind in ("", hit.kind)]
    elif kind != ENTRY:
        hits = search(session(), actor(), text, kinds=_one(kind), limit=ON_PAGE, archived=archived)
    if kind in ("", ENTRY) and not tagged.chosen:
        most = ON_PAGE if kind else ENTRIES_BESIDE
        entries = search_entries(session(), actor(), text, limit=most)
    return {
        "endpoint": endpoint,
        "text": text,
        "kind": kind,
        "may_restore": may_restore,
        "archived": archived,
        "kinds": [("", _("All")), *kinds, (ENTRY, _("Timeline"))],
        "hits": tuple(hits),
        "tags": tagged.tags,
        "entries": tuple(entries),
        "asked": not ask(text).empty,
        "more": len(hits) == ON_PAGE,
    }


def _one(kind: str) -> tuple[str, ...]:
    return (kind,) if kind else ()


def _text() -> str:
    text = request.args.get("q", "")
    if len(text) > LONGEST:
        raise Invalid({"q": [_("Search for something shorter.")]})
    return text
