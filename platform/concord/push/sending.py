"""Ringing somebody's browsers: a short sentence, encrypted for that browser, asked for again."""

from dataclasses import dataclass

import orjson
import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from concord.clock import now
from concord.database.engine import Database
from concord.identity.actors import actors_of
from concord.jobs.job import Errand, enqueue
from concord.notifications.hours import clock_of
from concord.notifications.lines import Line, readable
from concord.notifications.models import Waiting
from concord.outgoing.client import send
from concord.outgoing.errors import OutgoingError, Refused
from concord.push import vapid
from concord.push.models import PushSubscription
from concord.web.offline import as_seen_by

MOST_AT_ONCE = 5
LONGEST_SENTENCE = 180
A_DAY = 24 * 3600
GONE = frozenset({404, 410})

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Ring:
    """One request to a push service: nothing of the database is open while it is made."""

    subscription_id: int
    endpoint: str
    headers: dict[str, str]
    body: bytes


def push_waiting(database: Database, user_id: int) -> None:
    """Ring for what waits. In quiet hours it waits on; a browser that is gone is forgotten."""
    with database.writing() as session:
        rings = _rings(session, user_id)
        session.commit()
    failed = [ring for ring in rings if not _rung(database, ring)]
    if failed:
        log.warning("push_failed", user=user_id, browsers=len(failed))


PUSH_WAITING = Errand(
    name="concord.push_notifications", run=push_waiting, label=_l("Ring browsers")
)


def encrypted(subscription: PushSubscription, words: bytes) -> bytes:
    """`words` as only that browser reads them (RFC 8291)."""
    # It loads two HTTP clients that we do not use.
    from pywebpush import WebPusher

    info = {
        "endpoint": subscription.endpoint,
        "keys": {"p256dh": subscription.p256dh, "auth": subscription.auth},
    }
    body: bytes = WebPusher(info).encode(words, content_encoding="aes128gcm")["body"]
    return body


def _rings(session: Session, user_id: int) -> list[Ring]:
    readers = actors_of(session, [user_id]).get(user_id, [])
    moment = now()
    if readers:
        quiet_until = clock_of(session, user_id, readers[0].timezone).quiet_until(moment)
        if quiet_until is not None:
            pause = (quiet_until - moment).total_seconds() + 1
            enqueue(session, PUSH_WAITING, user_id, delay=pause)
            return []
    mine = (Waiting.channel == "push", Waiting.user_id == user_id)
    rows = session.scalars(select(Waiting).where(*mine).order_by(Waiting.id)).all()
    session.execute(delete(Waiting).where(Waiting.id.in_([row.id for row in rows])))
    if not readers or not rows:
        return []
    with as_seen_by(readers[0]):
        lines = readable(session, rows)[-MOST_AT_ONCE:]
    subscriptions = select(PushSubscription).where(PushSubscription.user_id == user_id)
    return [
        _ring(session, subscription, line)
        for subscription in session.scalars(subscriptions)
        for line in lines
    ]


def _ring(session: Session, subscription: PushSubscription, line: Line) -> Ring:
    """The sentence without the words that were written: a lock screen is no place for those."""
    words = orjson.dumps(
        {
            "title": line.said[:LONGEST_SENTENCE],
            "body": line.record.title[:LONGEST_SENTENCE],
            "url": line.url,
            "tag": f"record-{line.record.id}",
        }
    )
    headers = {
        "Authorization": vapid.authorization(session, subscription.endpoint),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(A_DAY),
    }
    return Ring(subscription.id, subscription.endpoint, headers, encrypted(subscription, words))


def _rung(database: Database, ring: Ring) -> bool:
    """Whether there is nothing more to do about it."""
    try:
        answer = send("POST", ring.endpoint, headers=ring.headers, body=ring.body)
    except Refused:
        _forget(database, ring.subscription_id)
        return True
    except OutgoingError:
        return False
    if answer.status in GONE:
        _forget(database, ring.subscription_id)
    elif answer.is_success:
        rung = update(PushSubscription).where(PushSubscription.id == ring.subscription_id)
        with database.writing() as session:
            session.execute(rung.values(rung_at=now()))
            session.commit()
    return answer.is_success or answer.status in GONE


def _forget(database: Database, subscription_id: int) -> None:
    with database.writing() as session:
        session.execute(delete(PushSubscription).where(PushSubscription.id == subscription_id))
        session.commit()
