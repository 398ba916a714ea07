"""A file as its own page shows it: what it is, who reads it, its versions, what one may do."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor, Audience
from concord.files.models import File
from concord.files.queries import FileRow
from concord.files.versions import Version, may_change, may_withdraw, versions_of
from concord.records.models import Record
from concord.timeline.mentions import readable_by
from concord.timeline.models import TimelineLink


@dataclass(frozen=True, slots=True)
class About:
    """`audience` is the widest that the reader may know of; `readers` says it in a sentence."""

    file: FileRow
    versions: Sequence[Version]
    audience: Audience
    readers: str
    may_change: bool
    may_withdraw: bool


def about(session: Session, actor: Actor, file: File) -> About:
    audience, company = _readers(session, actor, file)
    return About(
        row_of(file),
        versions_of(session, file),
        audience,
        _sentence(actor, audience, company),
        may_change(session, actor, file),
        may_withdraw(actor, file),
    )


def row_of(file: File) -> FileRow:
    return FileRow(file.id, file.name, file.size, file.content_type, file.version, file.checked)


def _readers(session: Session, actor: Actor, file: File) -> tuple[Audience, str]:
    query = (
        select(TimelineLink.audience, Record.title)
        .outerjoin(Record, Record.id == TimelineLink.company_id)
        .where(TimelineLink.entry_id == file.entry_id, readable_by(actor))
        .order_by(TimelineLink.audience.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    return (Audience.INTERNAL, "") if row is None else (Audience(row.audience), row.title or "")


def _sentence(actor: Actor, audience: Audience, company: str) -> str:
    if actor.outside:
        return _("Read by the house and your colleagues")
    if audience is Audience.INTERNAL:
        return _("Read only by colleagues who see the record")
    return _("Read by everyone at %(company)s", company=company)
