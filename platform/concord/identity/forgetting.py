"""Where a name and address stand besides the account, and how each place forgets them."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, cast, delete, or_, select, update
from sqlalchemy.orm import Session

from concord.api.idempotency import forget_answers
from concord.bulk.models import BulkRun
from concord.exports import storage as exports
from concord.exports.models import Export
from concord.files.models import FileVersion
from concord.installation import current_installation
from concord.jobs.models import JobHold
from concord.lists.models import SavedView
from concord.mail.models import Mail, TakenMail
from concord.notifications.models import Notification
from concord.timeline.models import Entry
from concord.webhooks.models import Delivery

BATCH = 200


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who is erased, and the words that stand for them afterwards."""

    user_id: int
    name: str
    email: str
    erased: str

    def without(self, text: str) -> str:
        """The text without their name as a word of its own, and without their address."""
        for said in {self.name, *_spellings(self.name)} - {""}:
            text = re.sub(rf"(?<![A-Za-z0-9]){re.escape(said)}(?![A-Za-z0-9])", self.erased, text)
        return text.replace(self.email, "")

    def named_in(self, column: Any) -> ColumnElement[bool]:
        """Whether a column of text or JSON may name them."""
        text = cast(column, String)
        words = {self.name, self.email, *_spellings(self.name)} - {""}
        return or_(*(text.contains(said, autoescape=True) for said in words))


def forget_elsewhere(session: Session, leaver: Leaver) -> None:
    """Everything but the account, its memberships and the audit."""
    for forget in PLACES:
        forget(session, leaver)


def _in_entries(session: Session, leaver: Leaver) -> None:
    """The author's name on what they wrote, and personal fields of facts that name them."""
    written = update(Entry).where(Entry.actor_id == leaver.user_id)
    _run(session, written.values(actor_name=leaver.erased))
    personal = {kind.name: kind.personal for kind in current_installation().facts if kind.personal}
    about = select(Entry.id, Entry.fact_type, Entry.payload).where(
        Entry.fact_type.in_(personal), Entry.body.is_(None), leaver.named_in(Entry.payload)
    )
    for entry in session.execute(about).all():
        payload = _payload(entry.payload, personal[entry.fact_type], leaver)
        _run(session, update(Entry).where(Entry.id == entry.id).values(payload=payload))


def _payload(
    payload: Mapping[str, Any], personal: frozenset[str], leaver: Leaver
) -> dict[str, Any]:
    """A field that is their name is emptied; in a longer one it is replaced."""
    kept = dict(payload)
    for field in personal & payload.keys():
        if isinstance(said := payload[field], str):
            kept[field] = "" if said == leaver.name else leaver.without(said)
    return kept


def _in_inboxes(session: Session, leaver: Leaver) -> None:
    """Who others were told of, on the records where this person wrote."""
    wrote_on = select(Entry.record_id).where(Entry.actor_id == leaver.user_id).distinct()
    for told in session.scalars(select(Notification).where(Notification.record_id.in_(wrote_on))):
        if any(person["id"] == leaver.user_id for person in told.actors):
            told.actors = [
                {**person, "name": leaver.erased} if person["id"] == leaver.user_id else person
                for person in told.actors
            ]


def _in_deliveries(session: Session, leaver: Leaver) -> None:
    """Messages of webhooks, sent or waiting, go on under no name; a receiver's answer may repeat
    what it was told, and goes."""
    theirs = Delivery.entry_id.in_(select(Entry.id).where(Entry.actor_id == leaver.user_id))
    named = leaver.named_in(Delivery.body)
    query = select(Delivery.id, Delivery.body).where(or_(theirs, named))
    for batch in session.execute(query.order_by(Delivery.id)).partitions(BATCH):
        for row in batch:
            values = {"body": leaver.without(row.body), "answer": None}
            _run(session, update(Delivery).where(Delivery.id == row.id).values(values))
    repeated = update(Delivery).where(leaver.named_in(Delivery.answer))
    _run(session, repeated.values(answer=None))


def _in_exports(session: Session, leaver: Leaver) -> None:
    """Files they asked for and did not fetch, the file first."""
    theirs = Export.user_id == leaver.user_id
    for key in session.scalars(select(Export.key).where(theirs, Export.key.is_not(None))).all():
        exports.path_of(key or "").unlink(missing_ok=True)
    _run(session, delete(Export).where(theirs))


def _in_mails(session: Session, leaver: Leaver) -> None:
    """Letters to them, the name in those to others, and the sender of what they answered."""
    _run(session, delete(Mail).where(Mail.to_address == leaver.email))
    query = select(Mail).where(
        or_(*(leaver.named_in(column) for column in (Mail.subject, Mail.text, Mail.html)))
    )
    for mail in session.scalars(query):
        mail.subject, mail.text = leaver.without(mail.subject), leaver.without(mail.text)
        mail.html = None if mail.html is None else leaver.without(mail.html)
    answered = or_(TakenMail.user_id == leaver.user_id, TakenMail.from_address == leaver.email)
    _run(session, update(TakenMail).where(answered).values(from_address=""))


def _in_lists(session: Session, leaver: Leaver) -> None:
    """Views of their own go, shared ones stay; runs that handed records to them say so no more."""
    own = delete(SavedView).where(SavedView.owner_id == leaver.user_id, ~SavedView.is_shared)
    _run(session, own)
    for run in session.scalars(select(BulkRun).where(BulkRun.told_id == leaver.user_id)):
        run.title = leaver.without(run.title)
        run.said = {language: leaver.without(said) for language, said in run.said.items()}


def _on_what_they_did(session: Session, leaver: Leaver) -> None:
    """Versions of files, jobs held, and answers of the API that are kept for a repeated key."""
    made = update(FileVersion).where(FileVersion.made_by_id == leaver.user_id)
    _run(session, made.values(made_by_name=leaver.erased))
    held = update(JobHold).where(JobHold.held_by == leaver.name)
    _run(session, held.values(held_by=leaver.erased))
    forget_answers(session)


PLACES: tuple[Callable[[Session, Leaver], None], ...] = (
    _in_entries, _in_inboxes, _in_deliveries, _in_exports, _in_mails, _in_lists, _on_what_they_did,
)  # fmt: skip


def _spellings(name: str) -> set[str]:
    """As JSON spells it, with and without letters beyond ASCII."""
    return {json.dumps(name, ensure_ascii=plain)[1:-1] for plain in (True, False)}


def _run(session: Session, statement: Any) -> None:
    session.execute(statement.execution_options(synchronize_session=False))
