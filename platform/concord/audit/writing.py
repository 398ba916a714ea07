"""Audit rows written by the session itself: whatever an action changes, nobody must remember it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeGuard

from flask import g, has_request_context, request
from sqlalchemy import event, inspect
from sqlalchemy.orm import Session, SessionTransaction

from concord.actors import SYSTEM, Actor
from concord.audit.models import NAMED, AuditRow
from concord.clock import now
from concord.database.base import Model
from concord.database.engine import WritingSession

SECRET = frozenset({"password_hash", "token_hash"})
UNWATCHED = frozenset(
    {
        "concord_audit", "concord_audit_keys", "concord_logos", "concord_calendar_days",
        "concord_timeline_links", "concord_timeline_streams", "concord_inboxes",
        "concord_ceremonies",
        "concord_timeline_visits", "concord_notifications", "concord_throttles",
        "concord_notifications_waiting", "concord_notifications_digests",
        "concord_mails_keys", "concord_mails_taken",
        "concord_access_epoch", "concord_mails", "concord_executors",
        "concord_job_marks", "concord_idempotency", "concord_schedule_slots",
        "concord_job_troubles",
        "concord_exports", "concord_bulk_runs", "concord_bulk_items", "concord_record_tags",
        "concord_search_documents", "concord_search_entries", "concord_search_typos",
        "concord_webhook_deliveries",
    }
)  # fmt: skip
# A new entry is a record of itself; only its later changes need one.
RECORDS_ITSELF = frozenset({"concord_timeline_entries"})


def note(
    session: Session,
    actor: Actor | None,
    action: str,
    *,
    table: str | None = None,
    row_id: int | None = None,
    changes: dict[str, Any] | None = None,
) -> None:
    """Write one audit row in the caller's transaction."""
    who = actor or SYSTEM
    who = who.looking or who
    in_request = has_request_context()
    session.add(
        AuditRow(
            at=now(),
            actor_id=who.user_id,
            actor_name=who.name,
            action=action,
            table=table,
            row_id=row_id,
            changes=changes or {},
            request_id=g.get("request_id") if in_request else None,
            address=request.remote_addr if in_request else None,
        )
    )


@event.listens_for(WritingSession, "before_flush")
def _watch(session: Session, _context: object, _instances: object) -> None:
    for changed in list(session.dirty):
        if _watched(changed) and (changes := _changes(changed)):
            _note(session, "update", changed, changes)
    for removed in list(session.deleted):
        if _watched(removed):
            _note(session, "delete", removed)
    created = (row for row in session.new if _watched(row) and _table(row) not in RECORDS_ITSELF)
    session.info.setdefault("created", []).extend(created)


@event.listens_for(WritingSession, "before_commit")
def _note_created(session: Session) -> None:
    """Created rows have their ids only after a flush."""
    session.flush()
    for created in session.info.pop("created", []):
        if inspect(created).persistent:
            _note(session, "create", created)


@event.listens_for(WritingSession, "after_soft_rollback")
def _forget(session: Session, previous: SessionTransaction) -> None:
    if not previous.nested:
        session.info.pop("created", None)


def _note(
    session: Session, action: str, row: Model, changes: Mapping[str, Any] | None = None
) -> None:
    named = {NAMED: {column: getattr(row, column) for column in row.named_by}}
    note(
        session,
        session.info.get("actor"),
        action,
        table=_table(row),
        row_id=_id(row),
        changes=(named if row.named_by else {}) | dict(changes or {}),
    )


def _watched(row: object) -> TypeGuard[Model]:
    return isinstance(row, Model) and _table(row) not in UNWATCHED


def _table(row: object) -> str:
    return str(inspect(row).mapper.local_table.name)


def _id(row: object) -> int | None:
    return getattr(row, "id", None)


def _changes(row: object) -> dict[str, Any]:
    """Changed columns as [before, after]; a secret says only that it changed."""
    found: dict[str, Any] = {}
    for attribute in inspect(row).mapper.column_attrs:
        if attribute.key in ("version", "updated_at", "sort_key"):
            continue
        history = inspect(row).attrs[attribute.key].history
        if history.has_changes():
            before, after = (
                _plain(next(iter(part), None)) for part in (history.deleted, history.added)
            )
            found[attribute.key] = None if _is_secret(attribute) else [before, after]
    return found


def _is_secret(attribute: Any) -> bool:
    return attribute.key in SECRET or bool(attribute.columns[0].info.get("sealed"))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
