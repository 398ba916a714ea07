"""One step of a run: a transaction of at most 500 records or 0.3 seconds.

A step that is killed leaves nothing; the next one begins with the items that still wait.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.bulk.acting import acting
from concord.bulk.declaring import BulkType, BulkVerb, bulk_type
from concord.bulk.facts import RunFinished, RunUndone
from concord.bulk.images import Image, watching
from concord.bulk.models import BulkItem, BulkRun, ItemState, State
from concord.bulk.undoing import UNDO, load, take_back
from concord.bulk.verbs import verbs_of
from concord.clock import now
from concord.errors import ConcordError, Forbidden, Invalid, NotFound
from concord.facts.record import gathering
from concord.facts.record import record as record_fact
from concord.realtime.rings import RINGS, KindRing
from concord.records.models import Record

MOST_ROWS, MOST_SECONDS = 500, 0.3
AT_ONCE = 100
"""So many are changed together, and a run of no more is changed where it begins."""


@dataclass(slots=True)
class Outcome:
    """What became of some items: id → image, and why others were left (reason, fields)."""

    images: dict[int, Image] = field(default_factory=dict)
    reasons: dict[int, tuple[str, list[str]]] = field(default_factory=dict)

    def add(self, other: "Outcome") -> None:
        self.images |= other.images
        self.reasons |= other.reasons


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item whose turn has come."""

    image: Image
    along: bool


@dataclass(frozen=True, slots=True)
class Work:
    """A run in its actor's hands."""

    run: BulkRun
    actor: Actor
    bulk: BulkType
    verb: BulkVerb
    permission: str


def advance(session: Session, run_id: int) -> bool:
    """Take one step in the caller's transaction; whether there is more to do."""
    run = session.get(BulkRun, run_id, with_for_update=True, populate_existing=True)
    if run is None or run.state != State.RUNNING:
        return False
    work = _work(session, run)
    if work is None:
        run.state, run.held_because = State.HELD.value, "rights"
        return False
    former, session.info["actor"] = session.info.get("actor"), work.actor
    until, handled = time.monotonic() + MOST_SECONDS, 0
    while handled < MOST_ROWS and time.monotonic() < until:
        items = _waiting(session, run)
        if not items:
            _finish(session, work)
            break
        _take(session, work, items)
        handled += len(items)
    session.flush()
    session.info["actor"] = former
    return run.state == State.RUNNING


def _work(session: Session, run: BulkRun) -> Work | None:
    """None where whoever began it may not go on."""
    actor = acting(session, run)
    try:
        bulk = bulk_type(run.subject_kind)
    except NotFound:
        return None
    verb = verbs_of(bulk).get(run.values["verb"] if run.verb == UNDO else run.verb)
    permission = verb.permission(bulk) if verb is not None else None
    if actor is None or verb is None or permission is None or not actor.may(permission):
        return None
    return Work(run, actor, bulk, verb, permission)


def _waiting(session: Session, run: BulkRun) -> dict[int, Waiting]:
    query = (
        select(BulkItem.record_id, BulkItem.image, BulkItem.along)
        .where(BulkItem.run_id == run.id, BulkItem.state == ItemState.WAITING.value)
        .order_by(BulkItem.record_id)
        .limit(AT_ONCE)
    )
    rows = session.execute(query)
    return {record_id: Waiting(image or {}, along) for record_id, image, along in rows}


def _take(session: Session, work: Work, items: dict[int, Waiting]) -> None:
    """All at once; where one of them cannot be done, each by itself."""
    try:
        with session.begin_nested():
            outcome = _done(session, work, items)
    except (ConcordError, IntegrityError, StatementError):
        outcome = Outcome()
        for record_id, item in items.items():
            outcome.add(_one(session, work, record_id, item))
    _write(session, work, items, outcome)


def _one(session: Session, work: Work, record_id: int, item: Waiting) -> Outcome:
    try:
        with session.begin_nested():
            return _done(session, work, {record_id: item})
    except Forbidden:
        return Outcome(reasons={record_id: ("forbidden", [])})
    except Invalid as error:
        return Outcome(reasons={record_id: ("invalid", list(error.errors))})
    except (ConcordError, IntegrityError, StatementError):
        return Outcome(reasons={record_id: ("contradicts", [])})


def _done(session: Session, work: Work, items: dict[int, Waiting]) -> Outcome:
    """Do it to these records; the facts of it are parts of the run's one fact."""
    with gathering(session), watching(session) as images:
        if work.run.verb == UNDO:
            return _taken_back(session, work, items, images)
        records = _records(session, work, items)
        beside = work.verb.apply(session, work.actor, work.bulk, records, work.run.values)
        session.flush()
    outcome = Outcome(images=_joined(images, beside or {}))
    reached = {record.id for record in records}
    if missing := items.keys() - reached:
        seen = _still_seen(session, work, missing)
        outcome.reasons = {id_: ("forbidden" if id_ in seen else "gone", []) for id_ in missing}
    return outcome


def _taken_back(
    session: Session, work: Work, items: dict[int, Waiting], images: dict[int, Image]
) -> Outcome:
    records = load(session, list(items))
    former = {record_id: item.image for record_id, item in items.items()}
    beside, left = take_back(session, work.actor, work.permission, records, former)
    session.flush()
    outcome = Outcome(images=_joined(images, beside))
    outcome.reasons = {record_id: ("changed", names) for record_id, names in left.items()}
    gone = items.keys() - {record.id for record in records}
    outcome.reasons |= {record_id: ("gone", []) for record_id in gone}
    return outcome


def _records(session: Session, work: Work, ids: Iterable[int]) -> list[Record]:
    """Those that are still the actor's to change, held until the end of the step."""
    policy: Any = work.bulk.collection.policy
    query = policy.visible(work.actor, archived=work.verb.archived)
    query = query.where(policy.writable(work.actor, work.permission), Record.id.in_(list(ids)))
    query = query.options(*work.bulk.collection.options).order_by(Record.id)
    query = query.with_for_update(of=work.bulk.collection.model)
    return list(session.scalars(query.execution_options(populate_existing=True)).unique())


def _still_seen(session: Session, work: Work, ids: Iterable[int]) -> set[int]:
    policy: Any = work.bulk.collection.policy
    query = policy.visible(work.actor, archived=work.verb.archived)
    query = query.with_only_columns(Record.id, maintain_column_froms=True)
    return set(session.scalars(query.where(Record.id.in_(list(ids)))))


def _joined(images: dict[int, Image], beside: Any) -> dict[int, Image]:
    for record_id, image in beside.items():
        images.setdefault(record_id, {}).update(image)
    return images


def _write(session: Session, work: Work, items: dict[int, Waiting], outcome: Outcome) -> None:
    """The items' new states, those that came along, and the run's counts."""
    run = work.run
    rows = [_row(record_id, outcome) for record_id in items]
    table: Any = BulkItem.__table__
    changed = update(table).where(table.c.run_id == run.id, table.c.record_id == bindparam("item"))
    names = ("state", "reason", "fields", "image")
    values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
    session.connection().execute(changed.values(values), rows)
    if along := outcome.images.keys() - items.keys() - {run.id}:
        state, more = ItemState.DONE.value, {"run_id": run.id, "fields": [], "along": True}
        rest = [
            {**more, "record_id": id_, "state": state, "image": outcome.images[id_]}
            for id_ in sorted(along)
        ]
        session.execute(insert(BulkItem), rest)
    for state in (row["new_state"] for row in rows if not items[row["item"]].along):
        setattr(run, state, getattr(run, state) + 1)
    _ring(session, work, outcome)


def _row(record_id: int, outcome: Outcome) -> dict[str, Any]:
    image = outcome.images.get(record_id)
    reason, fields = outcome.reasons.get(record_id, (None, []))
    state = ItemState.DONE if image else ItemState.SKIPPED if reason else ItemState.SAME
    return {
        "item": record_id,
        "new_state": state.value,
        "new_reason": reason,
        "new_fields": fields,
        "new_image": image,
    }


def _ring(session: Session, work: Work, outcome: Outcome) -> None:
    """Lists that show these records look again; nothing stands on the records' own timelines."""
    owners, teams = (
        {v for image in outcome.images.values() for v in image.get(name, ()) if v is not None}
        for name in ("owner_id", "team_id")
    )
    owners |= {work.actor.user_id} - {None}
    ring = KindRing(work.run.subject_kind, frozenset(teams), frozenset(owners))
    session.info.setdefault(RINGS, []).append(ring)


def _finish(session: Session, work: Work) -> None:
    run = work.run
    run.state, run.finished_at = State.DONE.value, now()
    if not run.done:
        return
    en, zh = work.bulk.counted.filled(run.said, run.done)
    fact = (RunUndone if run.verb == UNDO else RunFinished)(
        title=run.title,
        verb=run.verb,
        kind=run.subject_kind,
        count=run.done,
        said_en=en,
        said_zh=zh,
        told=run.told_id or 0,
    )
    record_fact(session, work.actor, fact, subject=run)
