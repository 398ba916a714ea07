"""The digest: what happened since the last one, by record, once a day at the person's own hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from concord.clock import now
from concord.identity.actors import actors_of
from concord.identity.models import User
from concord.jobs.job import Job, enqueue
from concord.mail.letters import queue_letter
from concord.notifications.hours import clock_of
from concord.notifications.lines import Line, readable
from concord.notifications.models import DigestSlot, Waiting
from concord.notifications.unsubscribing import (
    DIGEST,
    unsubscribe_headers,
    unsubscribe_url,
)
from concord.web.offline import absolute, as_seen_by

MOST_LINES = 200
MOST_PEOPLE = 500


@dataclass(frozen=True, slots=True)
class Chapter:
    """What happened on one record."""

    title: str
    url: str
    lines: Sequence[Line]


def digests_due(session: Session, moment: datetime) -> None:
    """Ask for the digest of everybody for whom something waits; each looks at its own clock."""
    waiting = select(Waiting.user_id).where(Waiting.channel == "digest").distinct()
    for user_id in session.scalars(waiting.order_by(Waiting.user_id).limit(MOST_PEOPLE)).all():
        readers = actors_of(session, [user_id]).get(user_id, [])
        if not readers:
            session.execute(delete(Waiting).where(Waiting.user_id == user_id))
        elif _is_due(session, user_id, readers[0].timezone, moment):
            enqueue(session, SEND_DIGEST, user_id)


def send_digest(session: Session, user_id: int) -> None:
    """Make the digest of today, unless it has been made; only if there is something to say."""
    readers = actors_of(session, [user_id]).get(user_id, [])
    if not readers or not _is_due(session, user_id, readers[0].timezone, now()):
        return
    day = clock_of(session, user_id, readers[0].timezone).digest_day(now())
    on_postgres = session.get_bind().dialect.name == "postgresql"
    insert = (postgresql.insert if on_postgres else sqlite.insert)(DigestSlot)
    slot = insert.values(user_id=user_id, day=day).on_conflict_do_nothing()
    if session.execute(slot.returning(DigestSlot.day)).first() is None:
        return
    rows = _taken(session, user_id)
    with as_seen_by(readers[0]):
        if lines := readable(session, rows):
            _write(session, lines)


SEND_DIGEST = Job(name="concord.send_digest", run=send_digest, label=_l("Send a digest"))


def _is_due(session: Session, user_id: int, timezone: str, moment: datetime) -> bool:
    clock = clock_of(session, user_id, timezone)
    day = clock.digest_day(moment)
    if day is None or clock.quiet_until(moment) is not None:
        return False
    return session.get(DigestSlot, (user_id, day)) is None


def _taken(session: Session, user_id: int) -> Sequence[Waiting]:
    """Everything that waits; of more than a digest can hold, the newest."""
    mine = (Waiting.channel == "digest", Waiting.user_id == user_id)
    query = select(Waiting).where(*mine).order_by(Waiting.id.desc()).limit(MOST_LINES)
    rows = session.scalars(query.with_for_update()).all()
    if rows:
        session.execute(delete(Waiting).where(*mine, Waiting.id <= rows[0].id))
    return rows[::-1]


def _write(session: Session, lines: Sequence[Line]) -> None:
    reader = lines[-1].reader
    assert reader.user_id is not None
    user = session.get_one(User, reader.user_id)
    queue_letter(
        session,
        "digest",
        to=user.email,
        language=reader.language,
        subject=_("What happened on your records"),
        chapters=_chapters(lines),
        count=len(lines),
        link=absolute("/notifications"),
        unsubscribe=unsubscribe_url(session, reader.user_id, [DIGEST]),
        key=f"digest:{reader.user_id}:{lines[0].entry_id}:{lines[-1].entry_id}",
        headers=unsubscribe_headers(session, reader.user_id, [DIGEST]),
    )


def _chapters(lines: Sequence[Line]) -> list[Chapter]:
    by_record: dict[int, list[Line]] = {}
    for line in lines:
        by_record.setdefault(line.record.id, []).append(line)
    return [
        Chapter(group[0].record.title, absolute(group[0].url.partition("#")[0]), group)
        for group in by_record.values()
    ]
