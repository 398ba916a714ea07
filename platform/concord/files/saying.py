"""Saying on every stream where a file was shared what has become of it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor, Audience
from concord.facts.record import Link
from concord.facts.record import record as record_fact
from concord.files.facts import FileInfected, FileReplaced, FileRestored, FileWithdrawn
from concord.files.models import File
from concord.records.models import Record
from concord.timeline.models import Entry, TimelineLink


def say(session: Session, actor: Actor, file: File, what: str, number: int = 0) -> None:
    """`what` is replaced, restored, withdrawn or infected; a file in no entry has no stream."""
    if file.entry_id is None:
        return
    entry = session.get_one(Entry, file.entry_id)
    links = links_of(session, file.entry_id)
    subject = session.get_one(Record, entry.record_id)
    made = {
        "replaced": FileReplaced(title=subject.title, name=file.name, number=number),
        "restored": FileRestored(title=subject.title, name=file.name, number=number),
        "withdrawn": FileWithdrawn(title=subject.title, name=file.name),
        "infected": FileInfected(
            title=subject.title, name=file.name, uploader_id=file.uploaded_by_id
        ),
    }
    record_fact(session, actor, made[what], subject=subject, links=links)


def links_of(session: Session, entry_id: int) -> list[Link]:
    """The places of an entry, with the readers that they had when it was written."""
    stored = session.scalars(select(TimelineLink).where(TimelineLink.entry_id == entry_id)).all()
    return [
        Link(
            session.get_one(Record, link.record_id),
            Audience(link.audience),
            link.company_id,
            link.field_group,
        )
        for link in stored
    ]
