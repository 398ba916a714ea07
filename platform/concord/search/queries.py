"""Searching: what an actor finds, the best first. Nothing is counted, nothing is cut afterwards."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.installation import current_installation
from concord.parties.models import Party
from concord.records.models import Record
from concord.records.types import AnyRecordType
from concord.search.asking import Asked, ask
from concord.search.candidates import Search
from concord.search.matching import findable
from concord.search.models import SearchDocument
from concord.search.ranking import Candidate, Rank, ranked
from concord.search.showing import Part, excerpt, parts
from concord.search.types import BY_TITLE, NOWHERE
from concord.timeline.models import LastVisit

MOST = 50


class Look(StrEnum):
    """What stands before a hit."""

    MARK = "mark"
    FACE = "face"
    ICON = "icon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A record that was found. `snippet` says what it is, or shows the words that were found."""

    record_id: int
    kind: str
    title: str
    snippet: str
    url: str
    icon: str
    label: str
    rank: Rank
    archived: bool = False
    look: Look = Look.ICON
    titles: Sequence[Part] = ()
    snippets: Sequence[Part] = ()
    entry_id: int | None = None
    at: datetime | None = None


def search(
    session: Session,
    actor: Actor,
    text: str,
    *,
    kinds: Collection[str] = (),
    limit: int = 20,
    archived: bool = False,
) -> list[Hit]:
    """Records of these kinds, or of all, that `actor` may open on a page of theirs; `archived`
    ones too that the actor may bring back."""
    asked, wanted = ask(text), _kinds(actor, kinds)
    if asked.empty or not wanted:
        return []
    found = ranked(Search(session, actor, asked, wanted, archived).run(), asked)
    hits = _hits(session, actor, asked, found[: min(limit, MOST)])
    return _marked(session, hits) if archived else hits


def _marked(session: Session, hits: Sequence[Hit]) -> list[Hit]:
    """The same, with what is put away known as such."""
    ids = [hit.record_id for hit in hits]
    away = select(Record.id).where(Record.id.in_(ids), Record.archived_at.is_not(None))
    known = set(session.scalars(away))
    return [replace(hit, archived=hit.record_id in known) for hit in hits]


def people_kinds() -> list[str]:
    """Kinds of record that are people."""
    return [
        each.kind for each in current_installation().records if (each.search or BY_TITLE).people
    ]


def recent(session: Session, actor: Actor, limit: int = 8) -> list[Hit]:
    """Records whose timeline the actor looked at last."""
    query = (
        select(
            SearchDocument.record_id,
            SearchDocument.kind,
            SearchDocument.title,
        )
        .join(LastVisit, LastVisit.record_id == SearchDocument.record_id)
        .where(
            LastVisit.user_id == actor.user_id,
            LastVisit.company_id == (actor.company_id if actor.outside else 0),
            SearchDocument.face == actor.face.value,
            findable(actor, _kinds(actor, ())),
        )
        .order_by(LastVisit.at.desc())
    )
    return hits_of(session, actor, session.execute(query.limit(limit)).all())


def kinds_of(actor: Actor) -> list[tuple[str, str]]:
    """The kinds that the actor can look for, with what they are called."""
    records = current_installation().records
    return [(kind, str(records[kind].label)) for kind in _kinds(actor, ())]


def hits_of(session: Session, actor: Actor, rows: Sequence[Any]) -> list[Hit]:
    """Records (id, kind, title) that the actor may open, as hits that nothing was asked for."""
    return _hits(session, actor, ask(""), [(Rank.TITLE, row) for row in rows])


def details_of(
    session: Session, actor: Actor, records: Sequence[tuple[int, str]]
) -> dict[int, str]:
    """By id, what each of these records (id, kind) is in a few words."""
    by_kind: defaultdict[str, list[int]] = defaultdict(list)
    for record_id, kind in records:
        by_kind[kind].append(record_id)
    found: dict[int, str] = {}
    for kind, ids in by_kind.items():
        search_type = current_installation().records[kind].search or BY_TITLE
        found |= search_type.details(session, actor, ids)
    return found


def _kinds(actor: Actor, kinds: Collection[str]) -> list[str]:
    """The wanted kinds that the actor may read and has pages for."""
    return [
        each.kind
        for each in current_installation().records
        if each.search is not NOWHERE
        and actor.may(each.policy.read)
        and (not kinds or each.kind in kinds)
        and (not actor.outside or each.portal_endpoint)
    ]


def _hits(
    session: Session, actor: Actor, asked: Asked, found: Sequence[tuple[Rank, Candidate | Any]]
) -> list[Hit]:
    details = details_of(session, actor, [(c.record_id, c.kind) for _rank, c in found])
    texts = _texts(session, [c.id for rank, c in found if rank is Rank.TEXT])
    hits = []
    for rank, candidate in found:
        record_type = current_installation().records[candidate.kind]
        snippet = details.get(candidate.record_id, "")
        if rank is Rank.TEXT and (text := texts.get(candidate.id)):
            snippet = excerpt(text, asked)
        hits.append(
            Hit(
                record_id=candidate.record_id,
                kind=candidate.kind,
                title=candidate.title,
                snippet=snippet,
                url=record_type.url(candidate.record_id, actor.face) or "",
                icon=record_type.icon,
                label=str(record_type.label),
                rank=rank,
                look=_look(record_type),
                titles=parts(candidate.title, asked),
                snippets=parts(snippet, asked),
            )
        )
    return hits


def _look(record_type: AnyRecordType) -> Look:
    if issubclass(record_type.model, Party):
        return Look.MARK
    return Look.FACE if (record_type.search or BY_TITLE).people else Look.ICON


def _texts(session: Session, document_ids: Sequence[int]) -> dict[int, str]:
    if not document_ids:
        return {}
    query = select(SearchDocument.id, SearchDocument.text)
    return dict(session.execute(query.where(SearchDocument.id.in_(document_ids))).all())
