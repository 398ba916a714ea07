"""A colleague, found after an @: how to reach them, and what they look after."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor, Face
from concord.errors import NotFound
from concord.identity.models import Team, User
from concord.identity.policy import PEOPLE
from concord.records.access import LARGEST_ID
from concord.records.models import Record
from concord.search.matching import findable
from concord.search.models import SearchDocument
from concord.search.queries import Hit, hits_of, kinds_of

MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What colleagues know of one another."""

    id: int
    name: str
    title: str
    team: str
    email: str
    phone: str


def colleague(session: Session, actor: Actor, user_id: int) -> Person:
    """One of the staff; NotFound for everybody else."""
    if not 0 < user_id <= LARGEST_ID:
        raise NotFound
    query = PEOPLE.visible(actor).where(User.id == user_id, User.is_staff)
    query = query.where(User.disabled_at.is_(None)).outerjoin(Team, Team.id == User.team_id)
    columns = (User.id, User.name, User.title, User.email, User.phone, Team.name.label("team"))
    row = session.execute(query.with_only_columns(*columns)).one_or_none()
    if row is None:
        raise NotFound
    return Person(
        id=row.id,
        name=row.name,
        title=row.title or "",
        team=row.team or "",
        email=row.email,
        phone=row.phone or "",
    )


def looked_after(session: Session, actor: Actor, person: Person) -> list[Hit]:
    """The newest records of theirs that the reader may open."""
    kinds = [kind for kind, _label in kinds_of(actor)]
    query = (
        select(SearchDocument.record_id, SearchDocument.kind, SearchDocument.title)
        .join(Record, Record.id == SearchDocument.record_id)
        .where(
            Record.owner_id == person.id,
            SearchDocument.face == Face.STAFF.value,
            findable(actor, kinds),
        )
        .order_by(Record.updated_at.desc(), Record.id.desc())
    )
    return hits_of(session, actor, session.execute(query.limit(MOST)).all())
