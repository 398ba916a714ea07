"""Searching over REST: what the caller may open, the best first, without a count or a next page."""

from typing import Any

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import Schema, fields

from concord.api.answers import answer
from concord.api.describe import Operation, Parameter, describes
from concord.api.fields import Identifier, Moment
from concord.api.filtering import read_limit, single
from concord.api.serialising import serialiser
from concord.errors import Invalid
from concord.search.asking import LONGEST
from concord.search.entries import KIND as ENTRY
from concord.search.entries import search_entries
from concord.search.queries import MOST, kinds_of, search
from concord.web.request import actor, session
from concord.web.routing import EVERYBODY, SIGNED_IN, Routes

routes = Routes("api_search", __name__)
PARAMETERS = frozenset({"q", "kinds", "limit"})
USUAL, ENTRIES = 20, 5


class HitOut(Schema):
    """A record, or an entry on a record's timeline: its kind is then `entry`.

    The same for every face: whatever is in it was found on the caller's own.
    """

    record_id = Identifier()
    kind = fields.String()
    title = fields.String()
    snippet = fields.String()
    url = fields.String()
    entry_id = Identifier(allow_none=True)
    at = Moment(allow_none=True)


SEARCH = Operation(
    tag="search",
    summary=_l("Search everything one may open, the best first"),
    parameters=(
        Parameter("q", "string", _l("What is looked for, at most 200 characters")),
        Parameter("kinds", "string", _l("Only these kinds, separated by commas; entry for words")),
        Parameter("limit", "integer", _l("How many, at most 50")),
    ),
    response=HitOut,
    paged="integer",
)


@routes.get("/api/v1/search", permission=SIGNED_IN, faces=EVERYBODY)
@describes(SEARCH)
def index() -> Response:
    given = single(request.args)
    kinds = _kinds(given)
    limit = min(read_limit(given, USUAL), MOST)
    hits: list[Any] = []
    records = tuple(kind for kind in kinds if kind != ENTRY)
    if records or not kinds:
        hits = search(session(), actor(), given.get("q", ""), kinds=records, limit=limit)
    if not kinds or ENTRY in kinds:
        most = limit if kinds == [ENTRY] else min(ENTRIES, limit)
        hits = [*hits, *search_entries(session(), actor(), given.get("q", ""), limit=most)]
    return answer({"items": serialiser(HitOut).many(hits[:limit]), "next": None})


def _kinds(given: dict[str, str]) -> list[str]:
    """The wanted kinds; Invalid names what cannot be asked."""
    errors = {name: [_("There is no such filter.")] for name in given.keys() - PARAMETERS}
    if len(given.get("q", "")) > LONGEST:
        errors["q"] = [_("Search for something shorter.")]
    kinds = given["kinds"].split(",") if given.get("kinds") else []
    if set(kinds) - {ENTRY, *(kind for kind, _label in kinds_of(actor()))}:
        errors["kinds"] = [_("There is no such kind of record.")]
    if errors:
        raise Invalid(errors)
    return kinds
