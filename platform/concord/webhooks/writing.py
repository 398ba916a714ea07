"""Writing deliveries in the transaction of what happened, for webhooks whose owner may know it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Row, insert, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.facts.record import Link, Pending
from concord.installation import current_installation
from concord.jobs.job import enqueue
from concord.prepared import execute
from concord.realtime.rings import RecordRing
from concord.records.models import Record
from concord.webhooks.events import matches
from concord.webhooks.models import Delivery, Webhook
from concord.webhooks.payloads import Place, message, message_id
from concord.webhooks.policy import known_ids, readers_of
from concord.webhooks.sending import SEND

Hook = Row[Any]


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry's place on a record, as the commit has given it."""

    pending: Pending
    link: Link
    ring: RecordRing


def write(session: Session, pendings: Sequence[Pending], rings: Sequence[RecordRing]) -> None:
    """A row for each webhook that listens and whose owner reads the entry through one of its links.

    `rings` are those of all links in their order: they know how each reader counts.
    """
    wanted = _listening(session, {pending.entry.fact_type for pending in pendings})
    if not wanted:
        return
    links = [(pending, link) for pending in pendings for link in pending.links]
    placed = [Placed(*pair, ring) for pair, ring in zip(links, rings, strict=True)]
    readers = readers_of(session, wanted)
    seen: dict[int, set[int]] = {}
    rows = []
    for hook in wanted:
        reader = readers.get(hook.id)
        if reader is None:
            continue
        if hook.owner_id not in seen or hook.scopes:
            seen[hook.owner_id] = _seen(session, reader, placed)
        rows += _rows(hook, reader, pendings, placed, seen[hook.owner_id])
    if not rows:
        return
    session.execute(insert(Delivery), rows)
    for hook_id in sorted({row["webhook_id"] for row in rows}):
        enqueue(session, SEND, hook_id)


def _listening(session: Session, names: Iterable[str]) -> list[Hook]:
    hooks = execute(session, _running, None)
    return [hook for hook in hooks if any(matches(hook.events, name) for name in names)]


def _running() -> Any:
    table = Webhook.__table__
    query = select(Record.id, Record.owner_id, table.c.events, table.c.scopes)
    query = query.join(table, table.c.id == Record.id).order_by(Record.id)
    return query.where(table.c.stopped_at.is_(None), Record.archived_at.is_(None))


def _seen(session: Session, reader: Actor, placed: Sequence[Placed]) -> set[int]:
    """The records, of those concerned, that the reader may know of."""
    kinds = {one.link.record.id: one.link.record.kind for one in placed}
    kinds |= {one.pending.subject.id: one.pending.subject.kind for one in placed}
    return known_ids(session, reader, kinds)


def _rows(
    hook: Hook,
    reader: Actor,
    pendings: Sequence[Pending],
    placed: Sequence[Placed],
    seen: set[int],
) -> list[dict[str, Any]]:
    rows = []
    for pending in pendings:
        if not matches(hook.events, pending.entry.fact_type):
            continue
        found = _place(reader, [one for one in placed if one.pending is pending], seen)
        if found is not None:
            rows.append(_row(hook, reader, pending, found, seen))
    return rows


def _place(reader: Actor, placed: Sequence[Placed], seen: set[int]) -> Placed | None:
    """The link through which the reader sees the entry: on its subject, if they may open that."""
    open_to = [
        one
        for one in placed
        if one.link.record.id in seen
        and (one.link.field_group is None or one.link.field_group in reader.field_groups)
    ]
    on_subject = (one for one in open_to if one.link.record.id == one.pending.entry.record_id)
    return next(on_subject, next(iter(open_to), None))


def _row(
    hook: Hook, reader: Actor, pending: Pending, placed: Placed, seen: set[int]
) -> dict[str, Any]:
    entry, link = pending.entry, placed.link
    fact_type = current_installation().facts.get(entry.fact_type)
    assert fact_type is not None
    payload = fact_type.read(entry.payload, entry.fact_version)
    is_open = entry.record_id in seen
    named = pending.subject if is_open else link.record
    identifier = message_id(hook.id, entry.id)
    body = message(
        identifier,
        entry,
        payload if is_open else _without_title(payload),
        Place.of(named),
        audience=link.audience,
        position=_position(reader, placed.ring),
        stream=link.record.id,
    )
    return {
        "webhook_id": hook.id,
        "message_id": identifier,
        "entry_id": entry.id,
        "record_id": named.id,
        "event": entry.fact_type,
        "body": orjson.dumps(body).decode(),
    }


def _without_title(payload: Mapping[str, Any]) -> dict[str, Any]:
    """As on the timeline: what cannot be opened is not named."""
    return {**payload, "title": "…"}


def _position(reader: Actor, ring: RecordRing) -> int:
    """The entry's position as the reader counts the record's stream."""
    hidden = sum(n for group, n in ring.grouped.items() if group not in reader.field_groups)
    return ring.position - hidden
