"""Webhooks and what was delivered, as their reader may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.clock import now
from concord.database.paging import Page, page
from concord.errors import NotFound
from concord.identity.models import User
from concord.records.access import LARGEST_ID
from concord.records.models import Record
from concord.webhooks.models import Delivery, State, Webhook
from concord.webhooks.permissions import Webhooks
from concord.webhooks.policy import WEBHOOKS

LOG_PAGE = 30
KEPT = timedelta(days=30)
"""For so long deliveries are kept and can be sent again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A webhook in the list, with the last thing that became of a delivery."""

    hook: Webhook
    owner: str
    last: Delivery | None


def lines(session: Session, actor: Actor, cursor: str | None = None) -> Page[Line]:
    """One page, by name."""
    order = [Record.sort_key, Record.id]
    found = page(session, WEBHOOKS.visible(actor), order=order, cursor=cursor)
    ids = [hook.id for hook in found.items]
    newest = (
        select(Delivery.id)
        .where(Delivery.webhook_id == Record.id, Delivery.last_at.is_not(None))
        .order_by(Delivery.id.desc())
        .limit(1)
        .correlate(Record)
        .scalar_subquery()
    )
    query = select(Delivery).join(Record, Delivery.id == newest).where(Record.id.in_(ids))
    last = {delivery.webhook_id: delivery for delivery in session.scalars(query)}
    owners = names(session, {hook.owner_id for hook in found.items})
    return Page(
        [
            Line(hook=hook, owner=owners.get(hook.owner_id or 0, ""), last=last.get(hook.id))
            for hook in found.items
        ],
        found.next,
    )


def names(session: Session, user_ids: set[int | None]) -> dict[int, str]:
    wanted = {user_id for user_id in user_ids if user_id is not None}
    return dict(session.execute(select(User.id, User.name).where(User.id.in_(wanted))).all())


def log(
    session: Session,
    hook: Webhook,
    *,
    state: State | None = None,
    cursor: str | None = None,
    limit: int = LOG_PAGE,
) -> Page[Delivery]:
    """What was delivered or is to be, newest first."""
    query = select(Delivery).where(Delivery.webhook_id == hook.id)
    if state is not None:
        query = query.where(Delivery.state == state.value)
    return page(session, query, order=[Delivery.id.desc()], cursor=cursor, limit=limit)


def one(session: Session, hook: Webhook, delivery_id: int) -> Delivery:
    """A delivery of this webhook; NotFound for any other."""
    found = session.get(Delivery, delivery_id) if 0 < delivery_id <= LARGEST_ID else None
    if found is None or found.webhook_id != hook.id:
        raise NotFound
    return found


def reads_message(actor: Actor, hook: Webhook) -> bool:
    """What was sent is what the owner may know: for the owner, and who may see it all."""
    return actor.user_id == hook.owner_id or actor.may(Webhooks.ANSWER_READ)


def reads_answer(actor: Actor) -> bool:
    """An answer may come from a machine that only this one reaches: for administrators."""
    return actor.may(Webhooks.ANSWER_READ)


def failed_since(session: Session, hook: Webhook) -> datetime | None:
    """When the oldest of what has failed, and is still kept, was written."""
    query = select(Delivery.created_at).where(
        Delivery.webhook_id == hook.id,
        Delivery.state == State.FAILED.value,
        Delivery.entry_id.is_not(None),
        Delivery.created_at >= now() - KEPT,
    )
    return session.scalar(query.order_by(Delivery.id).limit(1))


def is_awaited(hook: Webhook, shown: Iterable[Delivery]) -> bool:
    """Whether one of these is about to be sent: a page made just before would hear of it late."""
    moment = now()
    is_resting = hook.rests_until is not None and hook.rests_until > moment
    return any(
        delivery.is_urgent or (hook.is_running and not is_resting)
        for delivery in shown
        if delivery.state == State.WAITING.value
        and delivery.next_at is not None
        and delivery.next_at <= moment
    )
