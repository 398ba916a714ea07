"""What people do with webhooks."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import orjson
from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from concord import editing
from concord.actors import Actor
from concord.clock import now
from concord.errors import Forbidden, Invalid
from concord.facts.record import record as record_fact
from concord.identity.models import ApiToken
from concord.jobs.job import enqueue
from concord.outgoing.addresses import target
from concord.outgoing.errors import Refused
from concord.records import actions as records
from concord.webhooks import events as known_events
from concord.webhooks import signing, stopping
from concord.webhooks.facts import (
    WebhookAdded,
    WebhookChanged,
    WebhookRemoved,
    WebhookSecretRenewed,
)
from concord.webhooks.models import Delivery, State, Stopped, Webhook
from concord.webhooks.payloads import ping as ping_message
from concord.webhooks.sending import SEND

LONGEST_URL = 2000
BOTH_VALID = timedelta(hours=24)
"""For so long after a renewal, what is sent is signed with the former secret as well."""


def add(
    session: Session,
    actor: Actor,
    *,
    url: str,
    events: list[str],
    title: str = "",
    secret: str | None = None,
) -> tuple[Webhook, str]:
    """A webhook of the actor's, and its secret, which is shown this once."""
    address = checked_url(url)
    chosen = signing.checked(secret) if secret else signing.made()
    hook = Webhook(
        title=title.strip() or urlsplit(address).hostname or address,
        url=address,
        events=known_events.checked(events),
        scopes=_scopes(session, actor),
        secret=signing.sealed(chosen),
    )
    records.create(session, actor, hook)
    record_fact(session, actor, WebhookAdded(title=hook.title), subject=hook)
    return hook, chosen


def change(
    session: Session,
    actor: Actor,
    hook: Webhook,
    changes: Mapping[str, Any],
    originals: Mapping[str, Any] | None = None,
) -> None:
    """Set title, url or events. What is delivered, and where, only its owner may change."""
    wanted = dict(changes)
    if {"url", "events"} & wanted.keys():
        _own(actor, hook)
    if "url" in wanted:
        wanted["url"] = checked_url(wanted["url"])
    if "events" in wanted:
        wanted["events"] = known_events.checked(wanted["events"])
    if editing.edit(session, hook, wanted, originals):
        _narrow(session, actor, hook)
        record_fact(session, actor, WebhookChanged(title=hook.title), subject=hook)


def renew_secret(session: Session, actor: Actor, hook: Webhook) -> str:
    """A new secret; for a day the former one signs as well, so that receivers can follow."""
    _own(actor, hook)
    _narrow(session, actor, hook)
    chosen = signing.made()
    hook.former_secret, hook.former_until = hook.secret, now() + BOTH_VALID
    hook.secret = signing.sealed(chosen)
    record_fact(session, actor, WebhookSecretRenewed(title=hook.title), subject=hook)
    return chosen


def remove(session: Session, actor: Actor, hook: Webhook) -> None:
    """Stop it and take it out of sight."""
    hook.stopped_at = hook.stopped_at or now()
    hook.stopped_for = hook.stopped_for or Stopped.BY_HAND.value
    record_fact(session, actor, WebhookRemoved(title=hook.title), subject=hook)
    records.archive(session, actor, hook)


def ping(session: Session, actor: Actor, hook: Webhook) -> Delivery:
    """A test message, sent once and at once, also by a webhook that is stopped."""
    moment = now()
    identifier = f"msg_{hook.id}_test_{int(moment.timestamp() * 1_000_000)}"
    body = ping_message(identifier, hook, actor, moment)
    delivery = Delivery(
        webhook_id=hook.id,
        message_id=identifier,
        record_id=hook.id,
        event=known_events.PING,
        body=orjson.dumps(body).decode(),
        is_urgent=True,
    )
    session.add(delivery)
    session.flush()
    enqueue(session, SEND, hook.id)
    return delivery


def resend(session: Session, actor: Actor, hook: Webhook, delivery: Delivery) -> None:
    """Send one again now, whatever became of it, under the same id; Invalid while it is stopped."""
    _running(hook)
    delivery.state, delivery.next_at = State.WAITING.value, now()
    delivery.attempts, delivery.is_urgent = 0, True
    enqueue(session, SEND, hook.id)


def resend_failed(session: Session, actor: Actor, hook: Webhook, since: datetime) -> int:
    """Send everything again that has failed since then, in its order; gives how many."""
    _running(hook)
    failed = update(Delivery).where(
        Delivery.webhook_id == hook.id,
        Delivery.state == State.FAILED.value,
        Delivery.entry_id.is_not(None),
        Delivery.created_at >= since,
    )
    again = failed.values(state=State.WAITING.value, next_at=now(), attempts=0)
    count: int = session.execute(again).rowcount  # type: ignore[attr-defined]
    hook.rests_until = None
    enqueue(session, SEND, hook.id)
    return count


def start(session: Session, actor: Actor, hook: Webhook) -> None:
    """Deliver again, what waited meanwhile first."""
    stopping.start(session, actor, hook)
    enqueue(session, SEND, hook.id)


def checked_url(url: str) -> str:
    """An address that could be asked: https, or http where the operator allows that host."""
    address = url.strip()
    if len(address) > LONGEST_URL:
        raise Invalid({"url": [_("This is too long.")]})
    try:
        target(address)
    except Refused:
        raise Invalid({"url": [_("Write an address like https://example.com/hook.")]}) from None
    return address


def _own(actor: Actor, hook: Webhook) -> None:
    """It tells what its owner may know: nobody else says where to."""
    if actor.user_id != hook.owner_id:
        raise Forbidden(_("Only its owner may change this: it tells what they may know."))


def _running(hook: Webhook) -> None:
    if not hook.is_running:
        raise Invalid({"_": [_("Start the webhook first.")]})


def _scopes(session: Session, actor: Actor) -> list[str]:
    """Those of the token that is used: a webhook reaches no further than who made it."""
    if actor.token_id is None:
        return []
    return list(session.scalar(select(ApiToken.scopes).where(ApiToken.id == actor.token_id)) or ())


def _narrow(session: Session, actor: Actor, hook: Webhook) -> None:
    """A narrowed token that changes a webhook narrows it to what both may reach."""
    scopes = _scopes(session, actor)
    if not scopes:
        return
    both = [name for name in hook.scopes if name in scopes] if hook.scopes else scopes
    hook.scopes = both or ["-"]
