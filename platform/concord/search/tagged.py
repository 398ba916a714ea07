"""After a "#": the tags that answer, and the records that carry the one that is named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.records.models import Record
from concord.search.asking import Asked, ask
from concord.search.matching import findable, in_documents, scopes_of
from concord.search.models import SearchDocument
from concord.search.names import aliases, spoken
from concord.search.queries import Hit, hits_of, kinds_of
from concord.search.ranking import Rank, holds
from concord.search.showing import Part, parts
from concord.search.tokens import joined, words
from concord.tags.models import RecordTag, Tag
from concord.tags.naming import key_of
from concord.tags.permissions import Tags
from concord.tags.queries import all_tags

SIGN = "#"


@dataclass(frozen=True, slots=True)
class FoundTag:
    """A tag that answers; `typed` is what one types to see its records."""

    id: int
    name: str
    hue: int
    names: Sequence[Part]
    rank: Rank

    @property
    def typed(self) -> str:
        return f"{SIGN}{self.name} "


@dataclass(frozen=True, slots=True)
class Tagged:
    """What stands behind a "#": tags to choose from, the chosen one, and its records."""

    tags: Sequence[FoundTag] = ()
    chosen: FoundTag | None = None
    records: Sequence[Hit] = ()


def may_ask(actor: Actor) -> bool:
    return not actor.outside and actor.may(Tags.TAG_READ)


def look_behind(session: Session, actor: Actor, text: str, *, limit: int) -> Tagged:
    """`text` is what follows the sign: a tag, or a tag and words of the records it is on."""
    known = all_tags(session)
    found = sorted(_answering(known, ask(text)), key=lambda tag: tag.rank)
    named = _named(known, text)
    if len(found) == 1 and text.strip() and (named is None or named[1]):
        named = next(tag for tag in known if tag.id == found[0].id), ""
    elif found and named and named[1]:
        named = None  # still on the way to a longer name
    if named is None:
        return Tagged(found)
    tag, rest = named
    chosen = _shown(tag, ask(""), Rank.TITLE)
    others = [each for each in found if each.id != tag.id]
    return Tagged(others, chosen, carrying(session, actor, tag, rest, limit=limit))


def carrying(session: Session, actor: Actor, tag: Tag, text: str, *, limit: int) -> list[Hit]:
    """Records with this tag that the actor may open, the one that changed last first."""
    asked = ask(text)
    query: Any = (
        select(SearchDocument.record_id, SearchDocument.kind, SearchDocument.title)
        .join(RecordTag, RecordTag.record_id == SearchDocument.record_id)
        .join(Record, Record.id == SearchDocument.record_id)
        .where(
            RecordTag.tag_id == tag.id,
            SearchDocument.scope.in_(scopes_of(actor)),
            findable(actor, [kind for kind, _label in kinds_of(actor)]),
        )
    )
    words: Mapping[str, str] = {}
    if not asked.empty:
        match = in_documents(session, [asked.tokens()], scopes=scopes_of(actor))
        query, words = match.shape.narrow(query, SearchDocument.id).order_by(None), match.values
    query = query.order_by(Record.updated_at.desc(), Record.id.desc())
    return hits_of(session, actor, session.execute(query.limit(limit), words).all())


def _answering(known: Sequence[Tag], asked: Asked) -> list[FoundTag]:
    ranks = [(tag, Rank.TITLE if asked.empty else _rank(tag.name, asked)) for tag in known]
    return [_shown(tag, asked, rank) for tag, rank in ranks if rank is not None]


def _shown(tag: Tag, asked: Asked, rank: Rank) -> FoundTag:
    return FoundTag(tag.id, tag.name, tag.hue, parts(tag.name, asked), rank)


def _named(known: Sequence[Tag], text: str) -> tuple[Tag, str] | None:
    """The tag with the longest name that `text` begins with, and the words after it."""
    key = f"{key_of(text)} "
    naming = [tag for tag in known if key.startswith(f"{tag.key} ")]
    if not naming:
        return None
    tag = max(naming, key=lambda tag: len(tag.key))
    return tag, key.removeprefix(tag.key).strip()


def _rank(name: str, asked: Asked) -> Rank | None:
    if joined(name).startswith(asked.joined) or spoken(name).startswith(asked.joined):
        return Rank.TITLE_BEGINS
    if holds(tuple(words(name)), asked.tokens()):
        return Rank.TITLE_WORDS
    return Rank.ALIAS if any(a.startswith(asked.joined) for a in aliases(name)) else None
