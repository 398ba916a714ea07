"""Asking again before each try: may the owner still know this, and what is sent then."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.clock import now
from concord.records.models import Record
from concord.timeline.models import Entry, TimelineLink
from concord.webhooks.models import Delivery, Webhook
from concord.webhooks.outcomes import WITHHELD, Outcome
from concord.webhooks.policy import known_ids, readers_of
from concord.webhooks.signing import headers


@dataclass(frozen=True, slots=True)
class Ready:
    """A signed request."""

    url: str
    headers: dict[str, str]
    body: bytes


def ready(session: Session, delivery_id: int) -> Ready | Outcome:
    """The request as it is sent now, or that it is withheld."""
    delivery = session.get_one(Delivery, delivery_id)
    hook = session.get_one(Webhook, delivery.webhook_id)
    reader = readers_of(session, [hook]).get(hook.id)
    if reader is None or not _may_know(session, reader, delivery):
        return WITHHELD
    moment = now()
    is_former_valid = hook.former_until is not None and hook.former_until > moment
    secrets = [hook.secret, hook.former_secret if is_former_valid else None]
    signed = headers(
        delivery.message_id, delivery.body, moment, [secret for secret in secrets if secret]
    )
    return Ready(hook.url, {**signed, "Content-Type": "application/json"}, delivery.body.encode())


def _may_know(session: Session, reader: Actor, delivery: Delivery) -> bool:
    """Whether the reader may know the record that it names, and reads the entry through a link."""
    if delivery.entry_id is None:
        return True
    entry = session.get_one(Entry, delivery.entry_id)
    if entry.withdrawn_at is not None:
        return False
    links = session.execute(
        select(TimelineLink.record_id, TimelineLink.field_group, Record.kind)
        .join(Record, Record.id == TimelineLink.record_id)
        .where(TimelineLink.entry_id == entry.id)
    ).all()
    named = session.get_one(Record, delivery.record_id)
    kinds = {link.record_id: link.kind for link in links} | {named.id: named.kind}
    known = known_ids(session, reader, kinds)
    return named.id in known and any(
        link.record_id in known
        and (link.field_group is None or link.field_group in reader.field_groups)
        for link in links
    )
