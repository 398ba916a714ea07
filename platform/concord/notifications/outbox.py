"""What is told outside of the program waits here, in the transaction of what happened."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from concord.facts.topics import MailWhen
from concord.installation import current_installation
from concord.jobs.job import enqueue
from concord.notifications.mailing import BURST, MAIL_WAITING
from concord.notifications.models import Waiting
from concord.notifications.topics import topic_of
from concord.prepared import execute, numbers
from concord.push.models import PushSubscription
from concord.push.sending import PUSH_WAITING

if TYPE_CHECKING:
    from concord.notifications.writing import Telling

CHANNELS = ("mail", "digest", "push")
UNHEARD = "concord.unheard"
"""Set in a session's `info` where a story is told: its people get no mail about the past."""


def let_wait(session: Session, found: Sequence["Telling"]) -> None:
    """Write down what goes out by mail, digest and push, and have it sent after the commit."""
    if not found or session.info.get(UNHEARD):
        return
    rows = list(_rows(found, _with_a_device(session, found)))
    if not rows:
        return
    for channel, job, pause in (("mail", MAIL_WAITING, BURST), ("push", PUSH_WAITING, 1.0)):
        told = {row["user_id"] for row in rows if row["channel"] == channel}
        _ask_for(session, channel, job, pause, told)
    session.execute(insert(Waiting), rows)


def forget(session: Session, user_id: int | None, record_id: int | None = None) -> None:
    """What somebody has read in the program needs no mail any more: of one record, or all."""
    read = delete(Waiting).where(Waiting.channel.in_(CHANNELS), Waiting.user_id == user_id)
    session.execute(read if record_id is None else read.where(Waiting.record_id == record_id))


def _ask_for(session: Session, channel: str, job: Any, pause: float, user_ids: set[int]) -> None:
    """One job is on its way to everybody for whom something waits already."""
    if not user_ids:
        return
    waiting = execute(session, _waiting_for, None, channel, user_ids=list(user_ids)).scalars()
    for user_id in sorted(user_ids - set(waiting)):
        enqueue(session, job, user_id, delay=pause)


def _with_a_device(session: Session, found: Iterable["Telling"]) -> set[int]:
    wanted = {telling.reader.user_id for telling in found if telling.delivery.push}
    if not wanted:
        return set()
    return set(execute(session, _devices_of, None, user_ids=list(wanted)).scalars())


def _waiting_for(channel: str) -> Any:
    whom = Waiting.user_id.in_(numbers("user_ids"))
    return select(Waiting.user_id).where(Waiting.channel == channel, whom)


def _devices_of() -> Any:
    whom = PushSubscription.user_id.in_(numbers("user_ids"))
    return select(PushSubscription.user_id).where(whom).distinct()


def _rows(found: Iterable["Telling"], with_a_device: set[int]) -> Iterator[dict[str, Any]]:
    for telling in found:
        reader, entry = telling.reader, telling.pending.entry
        fact_type = current_installation().facts.get(entry.fact_type)
        assert fact_type is not None
        row = {
            "user_id": reader.user_id,
            "at": entry.at,
            "entry_id": entry.id,
            "record_id": telling.link.record.id,
            "face": reader.face.value,
            "company_id": reader.company_id,
            "reason": telling.reason,
            "topic": topic_of(fact_type, telling.reason),
        }
        if telling.delivery.mail is not MailWhen.NONE:
            channel = "mail" if telling.delivery.mail is MailWhen.NOW else "digest"
            yield {**row, "channel": channel}
        if telling.delivery.push and reader.user_id in with_a_device:
            yield {**row, "channel": "push"}
