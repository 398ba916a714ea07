"""Reaching records through the viewer: what the viewer may not see does not exist."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, false, or_, select, union_all
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.errors import Forbidden, NotFound
from concord.installation import current_installation
from concord.prepared import RECORD, execute, numbers
from concord.records.models import Record
from concord.records.types import AnyRecordType

R = TypeVar("R", bound=Record)
LARGEST_ID = 2**63 - 1


def get(
    session: Session,
    actor: Actor,
    model: type[R],
    record_id: int,
    *,
    permission: str | None = None,
    archived: bool = False,
    lock: bool = False,
) -> R:
    """The record, if `actor` sees it (else NotFound) and holds `permission` on it (else Forbidden).

    `lock` holds the row until the end of the transaction, for changes that depend on its state.
    """
    record_type = type_of(model)
    record = _load(session, actor, record_type, record_id, archived=archived, lock=lock)
    if permission is not None and not record_type.policy.allows(actor, permission, record):
        raise Forbidden
    assert isinstance(record, model)
    return record


def find_record(
    session: Session, actor: Actor, record_id: int, *, lock: bool = False
) -> tuple[Record, AnyRecordType]:
    """A record of any kind this installation knows, with its type; NotFound when unseen."""
    kind = session.scalar(select(Record.kind).where(Record.id == _within(record_id)))
    record_type = current_installation().records.get(kind or "")
    if record_type is None:
        raise NotFound
    return _load(session, actor, record_type, record_id, lock=lock), record_type


PLACE = (Record.id, Record.kind, Record.title, Record.company_id)


@dataclass(frozen=True, slots=True)
class Place:
    """A record as far as reading its timeline needs it."""

    id: int
    kind: str
    title: str
    company_id: int | None


def find_place(session: Session, actor: Actor, record_id: int) -> Place:
    """A record of any known kind, for reading: one statement; NotFound when unseen."""
    row = execute(session, _place, actor, record_id=_within(record_id)).one_or_none()
    if row is None:
        raise NotFound
    return Place(*row)


def _place(actor: Actor) -> Any:
    parts = [
        record_type.policy.visible(actor)
        .with_only_columns(*PLACE, maintain_column_froms=True)
        .where(Record.id == RECORD)
        for record_type in current_installation().records
    ]
    return union_all(*parts) if parts else select(*PLACE).where(false())


def is_visible(actor: Actor, record_id: Any) -> ColumnElement[bool]:
    """SQL: the record whose id the column `record_id` holds is one that `actor` may open."""
    seen = [
        record_type.policy.visible(actor)
        .with_only_columns(Record.id, maintain_column_froms=True)
        .where(Record.id == record_id)
        .correlate(record_id.class_)
        .exists()
        for record_type in current_installation().records
    ]
    return or_(false(), *seen)


def visible_ids(session: Session, actor: Actor, kinds: dict[int, str]) -> set[int]:
    """Which of these records (id → kind) the actor may open: one statement."""
    by_kind: dict[str, list[int]] = {}
    for record_id, kind in kinds.items():
        by_kind.setdefault(kind, []).append(record_id)
    known = sorted(by_kind.keys() & current_installation().records.kinds())
    if not known:
        return set()
    ids = {f"{kind}_ids": by_kind[kind] for kind in known}
    return set(execute(session, _visible, actor, *known, **ids).scalars())


def _visible(actor: Actor, *kinds: str) -> Any:
    parts = []
    for kind in kinds:
        seen = current_installation().records[kind].policy.visible(actor)
        seen = seen.with_only_columns(Record.id, maintain_column_froms=True)
        parts.append(seen.where(Record.id.in_(numbers(f"{kind}_ids"))))
    return union_all(*parts)


def type_of(model: type[Record]) -> AnyRecordType:
    """The registered type of a model; LookupError where its module is not installed."""
    for record_type in current_installation().records:
        if record_type.model is model:
            found: AnyRecordType = record_type
            return found
    raise LookupError(f"{model.__name__} is not a record of this installation")


def titles(session: Session, record_ids: Iterable[int]) -> dict[int, str]:
    """Titles by id, without asking who may see them: for rows already permitted."""
    wanted = {record_id for record_id in record_ids if record_id is not None}
    if not wanted:
        return {}
    rows = session.execute(select(Record.id, Record.title).where(Record.id.in_(wanted)))
    return dict(rows.all())


def _load(
    session: Session,
    actor: Actor,
    record_type: AnyRecordType,
    record_id: int,
    *,
    archived: bool = False,
    lock: bool = False,
) -> Record:
    rows = execute(
        session, _one, actor, record_type.kind, archived, lock, record_id=_within(record_id)
    )
    found: Record | None = rows.scalars().one_or_none()
    if found is None:
        raise NotFound
    return found


def _one(actor: Actor, kind: str, archived: bool, lock: bool) -> Any:
    record_type = current_installation().records[kind]
    query = record_type.policy.visible(actor, archived=archived).where(Record.id == RECORD)
    return locked(query, record_type.model) if lock else query


def locked(query: Any, model: Any) -> Any:
    """`query` holding what it finds until the end of the transaction, read anew after waiting.

    Every table of the noun: PostgreSQL reads anew only the rows it has locked.
    """
    return query.with_for_update(of=model).execution_options(populate_existing=True)


def _within(record_id: int) -> int:
    if not 0 < record_id <= LARGEST_ID:
        raise NotFound
    return record_id
