"""Sending what is due, one webhook by itself: a slow receiver keeps only itself waiting."""

from datetime import datetime, timedelta
from time import monotonic

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session

from concord.clock import now
from concord.database.engine import Database
from concord.jobs.job import STRANGERS, Errand, Retries, enqueue
from concord.outgoing.client import send
from concord.outgoing.errors import OutgoingError, TooLarge
from concord.webhooks.keeping import keep
from concord.webhooks.models import Delivery, State, Webhook
from concord.webhooks.outcomes import Outcome
from concord.webhooks.recheck import Ready, ready

SECONDS = 10.0
SPELL = 60.0
"""Seconds that one errand sends for; what is left then is another errand's."""
HELD = timedelta(seconds=30)
HOOKS = Webhook.__table__

log = structlog.get_logger()


def send_due(database: Database, webhook_id: int) -> None:
    """Send, in the order of what happened, until nothing is due, it rests, or the spell is over.

    Somebody who sends for this webhook already looks again after letting go of it, so that
    what became due meanwhile is not left lying.
    """
    ends = monotonic() + SPELL
    while _next(database, webhook_id) is not None and _hold(database, webhook_id):
        try:
            while monotonic() < ends and (found := _next(database, webhook_id)) is not None:
                _hold_on(database, webhook_id, now() + HELD)
                _attempt(database, webhook_id, found)
        finally:
            _hold_on(database, webhook_id, None)
        if monotonic() >= ends:
            with database.writing() as session:
                enqueue(session, SEND, webhook_id)
                session.commit()
            return


SEND = Errand(
    name="webhooks.send",
    run=send_due,
    label=_l("Send to a webhook"),
    retries=Retries(attempts=3, first_wait=5.0),
    queue=STRANGERS,
)


def send_what_was_left(session: Session, moment: datetime) -> None:
    """For each webhook with something due that nobody sends: a crash, or a restored database."""
    is_free = or_(HOOKS.c.held_until.is_(None), HOOKS.c.held_until < moment)
    for webhook_id in session.scalars(_due(Delivery.webhook_id).where(is_free).distinct()):
        enqueue(session, SEND, webhook_id)


def _attempt(database: Database, webhook_id: int, delivery_id: int) -> None:
    """One try, between two transactions: none is open while the receiver takes its time."""
    with database.reading() as session:
        found = ready(session, delivery_id)
    outcome = _tried(found) if isinstance(found, Ready) else found
    with database.writing() as session:
        for moment in keep(session, delivery_id, outcome):
            wait = (moment - now()).total_seconds()
            enqueue(session, SEND, webhook_id, delay=max(wait, 0) + 0.1)
        session.commit()
    log.info("webhook_tried", delivery=delivery_id, status=outcome.status, error=outcome.error)


def _tried(found: Ready) -> Outcome:
    began = monotonic()
    try:
        answer = send("POST", found.url, headers=found.headers, body=found.body, seconds=SECONDS)
    except TooLarge as error:
        return Outcome.of(error.answer, monotonic() - began, error.name)
    except OutgoingError as error:
        return Outcome.of(None, monotonic() - began, error.name)
    return Outcome.of(answer, monotonic() - began)


def _next(database: Database, webhook_id: int) -> int | None:
    """The delivery whose turn it is."""
    order = (Delivery.is_urgent.desc(), Delivery.id)
    query = _due(Delivery.id).where(Delivery.webhook_id == webhook_id).order_by(*order).limit(1)
    with database.reading() as session:
        return session.scalar(query)


def _due(column: object) -> Select[int]:
    """What waits for nothing any more; what is urgent goes out although the webhook rests."""
    moment = now()
    rested = or_(HOOKS.c.rests_until.is_(None), HOOKS.c.rests_until <= moment)
    query: Select[int] = select(column).join(HOOKS, HOOKS.c.id == Delivery.webhook_id)  # type: ignore[call-overload]
    return query.where(
        Delivery.state == State.WAITING.value,
        Delivery.next_at <= moment,
        or_(Delivery.is_urgent, HOOKS.c.stopped_at.is_(None) & rested),
    )


def _hold(database: Database, webhook_id: int) -> bool:
    """Be the one who sends for this webhook; False while somebody else is."""
    moment = now()
    is_free = or_(HOOKS.c.held_until.is_(None), HOOKS.c.held_until < moment)
    mine = update(HOOKS).where(HOOKS.c.id == webhook_id, is_free).values(held_until=moment + HELD)  # type: ignore[arg-type]
    with database.writing() as session:
        taken: int = session.execute(mine).rowcount  # type: ignore[attr-defined]
        session.commit()
    return taken == 1


def _hold_on(database: Database, webhook_id: int, until: datetime | None) -> None:
    """Hold it a little longer, or let go of it."""
    held = update(HOOKS).where(HOOKS.c.id == webhook_id).values(held_until=until)  # type: ignore[arg-type]
    with database.writing() as session:
        session.execute(held)
        session.commit()
