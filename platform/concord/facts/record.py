"""Recording a fact: one entry, the records it concerns, and who reads it there."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from concord.actors import Actor, Audience, Face
from concord.clock import now
from concord.facts.types import AnyFactType, Fact
from concord.installation import current_installation
from concord.records.models import Record
from concord.timeline.models import Entry

PENDING = "concord.pending"
GATHERED = "concord.gathered"


@dataclass(frozen=True, slots=True)
class Link:
    """An entry's place on one record's timeline, for one audience.

    A shared audience names the one company that reads it; the link keeps it for ever.
    `field_group` hides it from staff who do not hold the group.
    """

    record: Record
    audience: Audience = Audience.INTERNAL
    company_id: int | None = None
    field_group: str | None = None

    def __post_init__(self) -> None:
        if self.audience is not Audience.INTERNAL and self.company_id is None:
            raise ValueError("a shared link names the company that reads it")


@dataclass(slots=True)
class Pending:
    """A recorded fact waiting for its commit: positions, notifications and rings come then."""

    entry: Entry
    actor: Actor
    subject: Record
    links: Sequence[Link]
    mentions: tuple[int, ...] = field(default=())


def record(
    session: Session,
    actor: Actor,
    fact: Fact,
    *,
    subject: Record,
    links: Iterable[Link] = (),
    body: str | None = None,
    kind: str = "event",
    mentions: Iterable[int] = (),
    amends: Entry | None = None,
) -> Entry:
    """Record that `actor` did `fact` to `subject`, in the caller's transaction.

    Without `links` the entry stands on the subject's timeline, internal. `amends` names an earlier
    entry that this one edits or withdraws.
    """
    fact_type = current_installation().facts.of(fact)
    links = tuple(links) or (Link(subject),)
    _check_readers(fact_type, links)
    if subject.id is None:
        session.flush()
    entry = Entry(
        at=now(),
        actor_id=actor.user_id,
        actor_name=actor.name,
        actor_face=actor.face.value,
        actor_company_id=actor.company_id,
        kind=kind,
        fact_type=fact_type.name,
        fact_version=fact_type.version,
        payload=fact.payload(),
        body=body,
        record_id=subject.id,
        amends_id=amends.id if amends is not None else None,
    )
    if GATHERED in session.info:
        session.info[GATHERED].append(entry)
        return entry
    session.add(entry)
    session.flush()
    pending: list[Pending] = session.info.setdefault(PENDING, [])
    pending.append(Pending(entry, actor, subject, links, tuple(mentions)))
    return entry


@contextmanager
def gathering(session: Session) -> Iterator[list[Entry]]:
    """Inside this block facts stand on no timeline and tell nobody: they are parts of one larger
    fact, which the caller records afterwards. Gives the entries that were not made."""
    gathered: list[Entry] = []
    session.info[GATHERED] = gathered
    try:
        yield gathered
    finally:
        del session.info[GATHERED]


def _check_readers(fact_type: AnyFactType, links: Iterable[Link]) -> None:
    """A fact is shared only with the faces that its type was made to be read by."""
    readers = {Face(link.audience.word) for link in links if link.audience}
    if not readers <= fact_type.faces:
        raise ValueError(f"{fact_type.name} is not made for {', '.join(readers)}")
