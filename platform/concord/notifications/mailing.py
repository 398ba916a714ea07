"""Mail about what happened: a burst on one record is one mail, and its readers are asked again."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from concord import organisation
from concord.actors import Audience
from concord.clock import now
from concord.identity.actors import actors_of
from concord.identity.models import User
from concord.jobs.job import Job, enqueue
from concord.mail.answers import answer_address
from concord.mail.letters import queue_letter
from concord.mail.queueing import BREAKS, message_id_of
from concord.notifications.hours import clock_of
from concord.notifications.lines import Line, readable
from concord.notifications.models import Waiting
from concord.notifications.unsubscribing import unsubscribe_headers, unsubscribe_url
from concord.records.access import titles
from concord.web.offline import absolute, as_seen_by

BURST = 45.0
"""Seconds for which the first line of a burst waits for others."""
MOST_AT_ONCE = 100
LONGEST_SUBJECT = 120

Group = tuple[int, str, int | None, Audience, int | None]


def mail_waiting(session: Session, user_id: int) -> None:
    """One mail for each record and audience of which something waits for this person.

    In their quiet hours it waits on, until those end.
    """
    readers = actors_of(session, [user_id]).get(user_id, [])
    if not readers:
        session.execute(delete(Waiting).where(Waiting.user_id == user_id))
        return
    quiet_until = clock_of(session, user_id, readers[0].timezone).quiet_until(now())
    if quiet_until is not None:
        pause = quiet_until - now() + timedelta(seconds=1)
        enqueue(session, MAIL_WAITING, user_id, delay=pause.total_seconds())
        return
    rows = _taken(session, user_id)
    with as_seen_by(readers[0]):
        for lines in _grouped(readable(session, rows)):
            _write(session, lines)
    if len(rows) == MOST_AT_ONCE:
        enqueue(session, MAIL_WAITING, user_id)


MAIL_WAITING = Job(
    name="concord.mail_notifications", run=mail_waiting, label=_l("Mail what happened")
)


def thread_id(line: Line) -> str:
    """The Message-ID under which a reader's mails about one record and audience gather."""
    parts = (line.reader.user_id, line.record.id, int(line.audience), line.link.company_id)
    return message_id_of(f"thread:{':'.join(map(str, parts))}")


def one_line(text: str) -> str:
    """A title as it may stand in a header."""
    return BREAKS.sub(" ", text)[:LONGEST_SUBJECT]


def why(line: Line) -> str:
    """Why this person is told, as the mail says it."""
    if line.reason == "mention":
        return _("You get this because you were mentioned.")
    if line.reason == "follow":
        return _("You get this because you follow %(title)s.", title=line.record.title)
    if line.reader.outside:
        return _("You get this because you use the portal for %(company)s.",
                 company=line.reader.company_name)  # fmt: skip
    if line.record.owner_id == line.reader.user_id:
        return _("You get this because %(title)s is yours.", title=line.record.title)
    return _("You get this because it concerns you.")


def who_reads(session: Session, line: Line) -> str:
    """Who sees what was said, and what is answered, beside the reader."""
    if line.reader.outside:
        return _("your colleagues at %(company)s and %(organisation)s",
                 company=line.reader.company_name, organisation=organisation.name())  # fmt: skip
    if line.audience is Audience.INTERNAL:
        return _("colleagues only")
    company_id = line.link.company_id
    company = titles(session, [company_id] if company_id else []).get(company_id or 0, "")
    return _("colleagues and the people of %(company)s", company=company)


def _taken(session: Session, user_id: int) -> Sequence[Waiting]:
    """What waits for mail, out of the way of any other job in the same transaction."""
    mine = select(Waiting.id).where(Waiting.channel == "mail", Waiting.user_id == user_id)
    ids = session.scalars(mine.order_by(Waiting.id).limit(MOST_AT_ONCE)).all()
    query = select(Waiting).where(Waiting.id.in_(ids)).order_by(Waiting.id)
    rows = session.scalars(query.with_for_update()).all()
    session.execute(delete(Waiting).where(Waiting.id.in_(ids)))
    return rows


def _grouped(lines: Sequence[Line]) -> list[list[Line]]:
    groups: dict[Group, list[Line]] = {}
    for line in lines:
        reader = line.reader
        key = (line.record.id, reader.face.value, reader.company_id, line.audience,
               line.link.company_id)  # fmt: skip
        groups.setdefault(key, []).append(line)
    return list(groups.values())


def _write(session: Session, lines: Sequence[Line]) -> None:
    last, reader = lines[-1], lines[-1].reader
    user_id = reader.user_id
    assert user_id is not None
    user = session.get_one(User, user_id)
    answers_to = answer_address(session, last)
    topics = sorted({line.topic for line in lines})
    queue_letter(
        session,
        "lines",
        to=user.email,
        language=reader.language,
        subject=one_line(last.record.title),
        lines=lines,
        record=last.record.title,
        link=absolute(last.url),
        readers=who_reads(session, last),
        answers=answers_to is not None,
        why=why(last),
        unsubscribe=unsubscribe_url(session, user_id, topics),
        key=f"notification:{thread_id(last)}:{_digest(lines)}",
        headers={
            "In-Reply-To": thread_id(last),
            "References": thread_id(last),
            **({"Reply-To": answers_to} if answers_to else {}),
            **unsubscribe_headers(session, user_id, topics),
        },
    )


def _digest(lines: Sequence[Line]) -> str:
    """Names exactly these lines: the same mail made again has the same Message-ID."""
    ids = ",".join(f"{line.entry_id}:{line.reason}" for line in lines)
    return hashlib.sha256(ids.encode()).hexdigest()[:16]
