"""Finding words on timelines, under exactly the rule by which timelines are read."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.installation import current_installation
from concord.prepared import execute
from concord.records.access import is_visible
from concord.records.models import Record
from concord.search.asking import Asked, Token, ask, tokens_of
from concord.search.matching import Shape, in_entries, scopes_of
from concord.search.models import SearchEntry
from concord.search.queries import Hit
from concord.search.ranking import Rank
from concord.search.showing import excerpt, parts
from concord.timeline.mentions import readable_by
from concord.timeline.models import Entry, TimelineLink
from concord.timeline.queries import made_for

KIND = "entry"
FEWEST_LETTERS = 2
FEWEST_OPEN = 3


def search_entries(session: Session, actor: Actor, text: str, *, limit: int = 5) -> list[Hit]:
    """The newest entries with all these words, each once, on a record that the actor may open."""
    asked = ask(text)
    if len(asked.joined) < FEWEST_LETTERS:
        return []
    scopes = [scopes_of(actor)[0]] if actor.outside else []
    match = in_entries(session, [_tokens(asked)], scopes=scopes)
    found = execute(session, _entries, actor, match.shape, limit * 3, **match.values).all()
    # An entry stands on several records; each is shown once, on the first that is read.
    rows = {row.id: row for row in reversed(found)}
    newest = sorted(rows.values(), key=lambda row: -row.id)
    hits = (_hit(actor, asked, row) for row in newest)
    return [hit for hit in hits if hit is not None][:limit]


def _entries(actor: Actor, shape: Shape, most: int) -> Any:
    query: Any = (
        select(
            Entry.id, Entry.at, Entry.body, Entry.actor_name, Record.id.label("record_id"),
            Record.kind, Record.title,
        )
        .select_from(SearchEntry)
        .join(Entry, Entry.id == SearchEntry.entry_id)
        .join(TimelineLink, TimelineLink.entry_id == Entry.id)
        .join(Record, Record.id == TimelineLink.record_id)
        .where(
            Entry.withdrawn_at.is_(None),
            readable_by(actor),
            is_visible(actor, TimelineLink.record_id),
        )
    )  # fmt: skip
    if actor.outside:
        query = query.where(Entry.fact_type.in_(made_for(actor)))
    return shape.narrow(query, SearchEntry.entry_id).limit(most)


def _tokens(asked: Asked) -> Sequence[Token]:
    """Only what is long enough goes on: half a word would be in half of all entries."""
    last = len(asked.words) - 1
    return [
        token
        for at, word in enumerate(asked.words)
        for token in tokens_of(word, may_go_on=at == last and len(word) >= FEWEST_OPEN)
    ]


def _hit(actor: Actor, asked: Asked, row: Row[Any]) -> Hit | None:
    """None where the reader has no page of the record."""
    record_type = current_installation().records[row.kind]
    url = record_type.entry_url(row.record_id, row.id, actor.face)
    if url is None:
        return None
    words = excerpt(row.body, asked)
    return Hit(
        record_id=row.record_id,
        kind=KIND,
        title=row.title,
        snippet=words,
        url=url,
        icon="message-square",
        label=_("Timeline"),
        rank=Rank.TEXT,
        titles=parts(row.title, asked),
        snippets=parts(words, asked),
        entry_id=row.id,
        at=row.at,
    )
