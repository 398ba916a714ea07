"""Who sees webhooks: staff, within the scope of their role. And what a webhook may tell."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import union_all
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.identity.actors import actors_of
from concord.installation import current_installation
from concord.policy import ScopedPolicy
from concord.records.models import Record
from concord.webhooks.models import Webhook
from concord.webhooks.permissions import Webhooks

WEBHOOKS = ScopedPolicy(Webhook, kind="webhook", read=Webhooks.MANAGE)


def readers_of(session: Session, hooks: Iterable[Any]) -> dict[int, Actor]:
    """By webhook, its owner as an actor, within the webhook's scopes.

    An owner who has left, stands outside now, or may keep no webhooks any more, is not there.
    """
    hooks = list(hooks)
    actors = actors_of(session, {hook.owner_id for hook in hooks})
    found = {}
    for hook in hooks:
        owner = next((one for one in actors.get(hook.owner_id, ()) if one.staff), None)
        if owner is not None and owner.may(Webhooks.MANAGE):
            found[hook.id] = narrowed(owner, hook.scopes)
    return found


def narrowed(owner: Actor, scopes: Iterable[str]) -> Actor:
    """At most what a token with these scopes could read; no scopes narrow nothing."""
    kept = frozenset(scopes)
    if not kept:
        return owner
    return replace(owner, grants={name: s for name, s in owner.grants.items() if name in kept})


def known_ids(session: Session, reader: Actor, kinds: Mapping[int, str]) -> set[int]:
    """Which of these records (id → kind) the reader may know of, archived or not: one statement.

    That something was archived is news for who could see it until then.
    """
    parts = []
    for kind in set(kinds.values()):
        record_type = current_installation().records.get(kind)
        if record_type is None:
            continue
        ids = [record_id for record_id, of_kind in kinds.items() if of_kind == kind]
        for archived in (False, True):
            known = record_type.policy.visible(reader, archived=archived)
            known = known.with_only_columns(Record.id, maintain_column_froms=True)
            parts.append(known.where(Record.id.in_(ids)))
    return set(session.scalars(union_all(*parts))) if parts else set()
