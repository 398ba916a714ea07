"""Taking an answer: what somebody wrote becomes theirs on the record, or nothing happens at all."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from io import BytesIO
from itertools import chain
from typing import Any

import structlog
from flask_babel import gettext as _
from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from concord.actors import Actor, Audience
from concord.audit.writing import note
from concord.clock import now
from concord.database.engine import Database
from concord.errors import Forbidden, Invalid, NotFound
from concord.files.actions import keep, register
from concord.files.storage import Stored
from concord.identity.actors import actors_of
from concord.identity.models import User
from concord.installation import current_installation
from concord.mail.answers import Answering, read_token, token_in
from concord.mail.incoming import Attached, Incoming, Unreadable, parsed
from concord.mail.message import sender
from concord.mail.models import Mail, TakenMail
from concord.mail.refusing import say_so
from concord.records.access import find_record
from concord.timeline.actions import MOST_FILES, post
from concord.web.offline import as_seen_by

AN_HOUR = timedelta(hours=1)
MOST_IN_AN_HOUR = 20

log = structlog.get_logger()


class Outcome(StrEnum):
    """What became of a mail."""

    POSTED = "posted"
    TWICE = "twice"
    BOUNCE = "bounce"
    AUTOMATIC = "automatic"
    NO_ADDRESS = "no address of ours"
    FORGED = "forged"
    STRANGER = "another sender"
    TOO_MANY = "too many"
    GONE = "gone"
    REFUSED = "refused"
    UNREADABLE = "unreadable"


class Refusal(Exception):
    """Why it is not taken; `sentence` is for its person, in their language, if anything is said."""

    def __init__(self, outcome: Outcome, sentence: str | None = None) -> None:
        super().__init__(outcome)
        self.outcome, self.sentence = outcome, sentence


@dataclass(frozen=True, slots=True)
class Kept:
    """A file whose content is on disk already, before any transaction."""

    name: str
    stored: Stored


def take(database: Database, raw: bytes) -> Outcome:
    """Take one mail; whatever it holds, this answers. Raises only where the database is away."""
    try:
        mail = parsed(raw, our_loop=sender(current_installation().settings))
    except Unreadable as error:
        return _logged(Outcome.UNREADABLE, why=str(error))
    if mail.concerns is not None:
        return _noted_bounce(database, mail.concerns)
    if mail.automatic or _is_ours(database, mail.message_id):
        return _logged(Outcome.AUTOMATIC)
    token = token_in(current_installation().settings, mail.recipients)
    with database.reading() as session:
        answering = read_token(session, token) if token else None
        reader = _reader(session, answering) if answering else None
    if token is None or answering is None or reader is None:
        return _logged(Outcome.NO_ADDRESS)
    return _taken(database, mail, token, answering, reader)


def _taken(
    database: Database, mail: Incoming, token: str, answering: Answering, reader: Actor
) -> Outcome:
    with as_seen_by(reader):
        try:
            _check_sender(database, mail, reader)
            files = [Kept(file.name, keep(BytesIO(file.content))) for file in _files_of(mail)]
            outcome = _posted(database, mail, token, answering, reader, files)
        except Refusal as refusal:
            outcome = refusal.outcome
            say_so(database, reader, mail.message_id, refusal.sentence)
    return _logged(outcome, user=reader.user_id, record=answering.record_id)


def _posted(
    database: Database,
    mail: Incoming,
    token: str,
    answering: Answering,
    reader: Actor,
    files: list[Kept],
) -> Outcome:
    """In one transaction: the mark that it was taken, its files, its entry."""
    with database.writing() as session:
        session.info["actor"] = reader
        marked = _mark(session, mail, token, answering)
        if marked is None:
            return Outcome.TWICE
        _check_rate(session, answering)
        try:
            record, _type = find_record(session, reader, answering.record_id)
            internal = answering.audience is Audience.INTERNAL
            entry = post(
                session,
                reader,
                record,
                kind="note" if internal else "message",
                body=mail.words,
                audience=answering.audience,
                company_id=answering.company_id,
                files=[register(session, reader, kept.name, kept.stored).id for kept in files],
            )
        except NotFound:
            raise Refusal(Outcome.GONE, _("You can no longer open the record.")) from None
        except Forbidden:
            raise Refusal(Outcome.GONE, _("You may not write on this record.")) from None
        except Invalid as error:
            raise Refusal(Outcome.REFUSED, " ".join(chain(*error.errors.values()))) from None
        session.execute(update(TakenMail).where(TakenMail.id == marked).values(entry_id=entry.id))
        session.commit()
    return Outcome.POSTED


def _reader(session: Session, answering: Answering) -> Actor | None:
    """The person of the token, on the side and for the company that the token names."""
    for reader in actors_of(session, [answering.user_id]).get(answering.user_id, []):
        outside = reader.outside and reader.company_id == answering.company_id
        if reader.face is answering.face and (outside or not reader.outside):
            return reader
    return None


def _check_sender(database: Database, mail: Incoming, reader: Actor) -> None:
    """The address that answers belongs to one person: it must come from theirs."""
    if mail.forged:
        raise Refusal(Outcome.FORGED)
    with database.reading() as session:
        own = session.scalar(select(User.email).where(User.id == reader.user_id))
    if mail.from_address != own:
        sentence = _("It came from another address than yours.")
        raise Refusal(Outcome.STRANGER, sentence)


def _files_of(mail: Incoming) -> list[Attached]:
    if mail.too_many_files or len(mail.files) > MOST_FILES:
        sentence = _("Attach at most %(most)s files.", most=MOST_FILES)
        raise Refusal(Outcome.REFUSED, sentence)
    return list(mail.files)


def _mark(session: Session, mail: Incoming, token: str, answering: Answering) -> int | None:
    """The row that says it is taken; None when it was before."""
    on_postgres = session.get_bind().dialect.name == "postgresql"
    insert: Any = (postgresql.insert if on_postgres else sqlite.insert)(TakenMail)
    row = insert.values(
        digest=mail.digest(token),
        at=now(),
        from_address=mail.from_address,
        outcome=Outcome.POSTED.value,
        user_id=answering.user_id,
        record_id=answering.record_id,
    )
    found: int | None = session.scalar(row.on_conflict_do_nothing().returning(TakenMail.id))
    return found


def _check_rate(session: Session, answering: Answering) -> None:
    """A loop that no header betrays ends here."""
    query = select(func.count()).where(
        TakenMail.user_id == answering.user_id,
        TakenMail.record_id == answering.record_id,
        TakenMail.at > now() - AN_HOUR,
    )
    if (session.scalar(query) or 0) > MOST_IN_AN_HOUR:
        raise Refusal(Outcome.TOO_MANY)


def _is_ours(database: Database, message_id: str) -> bool:
    with database.reading() as session:
        known = select(Mail.id).where(Mail.message_id == message_id)
        return session.scalar(known) is not None


def _noted_bounce(database: Database, message_id: str) -> Outcome:
    noted = update(Mail).where(Mail.message_id == message_id, Mail.bounced_at.is_(None))
    with database.writing() as session:
        session.execute(noted.values(bounced_at=now(), error="the receiving server sent it back"))
        session.commit()
    return _logged(Outcome.BOUNCE)


def _logged(outcome: Outcome, **more: Any) -> Outcome:
    """Every mail is a line in the log; one that was for somebody and was not taken is audited."""
    log.info("mail_taken", outcome=outcome.value, **more)
    if outcome in (Outcome.POSTED, Outcome.TWICE) or "user" not in more:
        return outcome
    with current_installation().database.writing() as session:
        note(session, None, f"mail.{outcome.name.lower()}", table="concord_users",
             row_id=more["user"], changes={"record": more["record"]})  # fmt: skip
        session.commit()
    return outcome
