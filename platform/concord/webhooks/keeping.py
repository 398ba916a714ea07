"""Keeping how a try ended: on the delivery, and on its webhook, which may rest or be stopped."""

from datetime import datetime
from typing import Any

from prometheus_client import Counter
from sqlalchemy import update
from sqlalchemy.orm import Session

from concord.actors import SYSTEM
from concord.clock import now
from concord.realtime.rings import RINGS, KindRing
from concord.webhooks.models import Delivery, State, Stopped, Webhook
from concord.webhooks.outcomes import GONE, Outcome
from concord.webhooks.pace import PATIENCE, following, rest
from concord.webhooks.stopping import stop

MOST_TRIES = 20

TRIES = Counter("concord_webhook_tries", "Messages sent to webhooks, by how it went.", ["outcome"])
GIVEN_UP = Counter("concord_webhook_failures", "Messages that were given up for good.")
for _outcome in ("delivered", "failed"):
    TRIES.labels(_outcome)


def keep(session: Session, delivery_id: int, outcome: Outcome) -> list[datetime]:
    """Write it down; gives the moments at which there is something to send for this webhook."""
    session.info["actor"] = SYSTEM
    moment = now()
    delivery = session.get_one(Delivery, delivery_id)
    hook = session.get_one(Webhook, delivery.webhook_id)
    _ring(session, hook)
    delivery.is_urgent = False
    if outcome.is_withheld:
        delivery.state, delivery.next_at = State.WITHHELD.value, None
        return []
    TRIES.labels("delivered" if outcome.is_success else "failed").inc()
    _note(delivery, outcome, moment)
    if outcome.is_success:
        delivery.state, delivery.next_at = State.DELIVERED.value, None
        _set(session, hook, failures=0, failing_since=None, rests_until=None)
        return []
    if delivery.entry_id is None:
        _give_up(delivery)
        return []
    delivery.next_at = following(delivery.attempts, moment, outcome.wish)
    if outcome.status == GONE or delivery.next_at is None:
        _give_up(delivery)
    return [*_failed(session, hook, outcome, moment), *filter(None, [delivery.next_at])]


def _give_up(delivery: Delivery) -> None:
    GIVEN_UP.inc()
    delivery.state, delivery.next_at = State.FAILED.value, None


def _note(delivery: Delivery, outcome: Outcome, moment: datetime) -> None:
    delivery.attempts += 1
    delivery.last_at = moment
    delivery.status, delivery.error = outcome.status, outcome.error
    delivery.milliseconds, delivery.answer = outcome.milliseconds, outcome.answer
    said = {"at": moment.isoformat(), "status": outcome.status, "error": outcome.error}
    tries = [*delivery.tries, {**said, "milliseconds": outcome.milliseconds}]
    delivery.tries = tries[-MOST_TRIES:]


def _failed(session: Session, hook: Webhook, outcome: Outcome, moment: datetime) -> list[datetime]:
    """Let the webhook rest, or stop it for good; gives the end of the rest."""
    failing_since = hook.failing_since or moment
    rests_until = rest(hook.failures + 1, moment, outcome.wish)
    _set(
        session,
        hook,
        failures=hook.failures + 1,
        failing_since=failing_since,
        rests_until=rests_until,
    )
    if outcome.status == GONE:
        stop(session, SYSTEM, hook, Stopped.GONE)
    elif moment - failing_since > PATIENCE:
        stop(session, SYSTEM, hook, Stopped.FAILING)
    return [rests_until]


def _set(session: Session, hook: Webhook, **values: Any) -> None:
    """Bookkeeping: no new version of the record, nothing for the audit."""
    table = Webhook.__table__
    session.execute(update(table).where(table.c.id == hook.id).values(**values))  # type: ignore[arg-type]
    session.expire(hook, list(values))


def _ring(session: Session, hook: Webhook) -> None:
    """The log moves on the pages of whoever may see this webhook."""
    teams = frozenset() if hook.team_id is None else frozenset({hook.team_id})
    owners = frozenset() if hook.owner_id is None else frozenset({hook.owner_id})
    ring = KindRing(hook.kind, team_ids=teams, owner_ids=owners)
    session.info.setdefault(RINGS, []).append(ring)
