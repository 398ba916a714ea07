"""Beginning a run: one transaction writes it and its items; nothing is changed yet."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, false, func, insert, literal, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.audit.writing import note
from concord.bulk.declaring import BulkType, BulkVerb, Values
from concord.bulk.models import BulkItem, BulkRun, ItemState, State
from concord.bulk.permissions import Bulk
from concord.bulk.running import RUN
from concord.bulk.stepping import AT_ONCE, advance
from concord.bulk.undoing import UNDO
from concord.bulk.verbs import verbs_of
from concord.errors import Conflict, Forbidden, Invalid, NotFound
from concord.jobs.job import enqueue
from concord.records import actions as records
from concord.records.models import Record


def verb_of(actor: Actor, bulk: BulkType, key: str) -> BulkVerb:
    """NotFound where the noun has no such verb, Forbidden where the actor may not use it at all."""
    verb = verbs_of(bulk).get(key)
    if verb is None:
        raise NotFound
    if not (actor.may(Bulk.RUN_WRITE) and actor.may(verb.permission(bulk) or "")):
        raise Forbidden
    return verb


def start(
    session: Session,
    actor: Actor,
    bulk: BulkType,
    verb: BulkVerb,
    sent: Mapping[str, Any],
    asked: Select[Any],
    *,
    total: int | None = None,
) -> BulkRun:
    """A run of `verb` over the records whose ids `asked` selects.

    What the actor may not change is left out and counted in `refused`, out of `total` where more
    were named than can be seen. Raises Invalid where there is nothing to do.
    """
    values = verb.read(session, actor, bulk, sent)
    asked = asked.order_by(None)
    if total is None:
        total = session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    run = _written(session, actor, bulk.kind, verb.key, values, told_id=verb.told(values))
    permission = verb.permission(bulk) or ""
    mine = _writable(actor, bulk, permission, archived=verb.archived)
    run.total = _fill(session, mine.where(Record.id.in_(asked)), run)
    run.refused = max(0, total - run.total)
    if not run.total:
        raise Invalid({"ids": [_("None of these records is yours to change.")]})
    _describe(session, run, verb, bulk, values)
    _go(session, actor, run)
    return run


def undo(session: Session, actor: Actor, run: BulkRun) -> BulkRun:
    """A run that takes `run` back: only what nobody has changed since. Conflict where it is going
    on, or was taken back already."""
    _check_undoable(session, run)
    values = run.values if run.verb == UNDO else {"verb": run.verb, "values": run.values}
    back = _written(
        session, actor, run.subject_kind, UNDO, values, undoes_id=run.id, told_id=run.told_id
    )
    changed: Select[Any] = select(
        literal(back.id),
        BulkItem.record_id,
        literal(ItemState.WAITING.value),
        literal([], BulkItem.fields.type),
        BulkItem.along,
        BulkItem.image,
    ).where(BulkItem.run_id == run.id, BulkItem.image.is_not(None))
    _insert(session, changed, "image")
    back.total = run.done
    back.said = run.said
    back.title = run.title
    _go(session, actor, back)
    return back


def is_undoable(session: Session, run: BulkRun) -> bool:
    """Whether it is done, changed something, and has not been taken back."""
    if run.state != State.DONE or not run.done:
        return False
    return session.scalar(select(BulkRun.id).where(BulkRun.undoes_id == run.id)) is None


def _check_undoable(session: Session, run: BulkRun) -> None:
    session.flush()
    if not is_undoable(session, run):
        raise Conflict(detail=_("This cannot be taken back: it goes on still, or was already."))


def hold(session: Session, actor: Actor, run: BulkRun) -> bool:
    """Stop after the step that is being taken. What is done stays done."""
    if run.state != State.RUNNING:
        return False
    run.state, run.held_because = State.HELD.value, "asked"
    return True


def go_on(session: Session, actor: Actor, run: BulkRun) -> bool:
    if run.state != State.HELD:
        return False
    run.state, run.held_because = State.RUNNING.value, None
    enqueue(session, RUN, run.id)
    return True


def _written(
    session: Session, actor: Actor, kind: str, verb: str, values: Values, **more: Any
) -> BulkRun:
    run = BulkRun(
        title=verb, verb=verb, subject_kind=kind, values=values, token_id=actor.token_id, **more
    )
    records.create(session, actor, run)
    return run


def _writable(
    actor: Actor, bulk: BulkType, permission: str, *, archived: bool = False
) -> Select[Any]:
    policy: Any = bulk.collection.policy
    reach: ColumnElement[bool] = policy.writable(actor, permission)
    visible: Select[Any] = policy.visible(actor, archived=archived)
    return visible.where(reach)


def _fill(session: Session, query: Select[Any], run: BulkRun) -> int:
    columns = (
        literal(run.id),
        Record.id,
        literal(ItemState.WAITING.value),
        literal([], BulkItem.fields.type),
        false(),
    )
    _insert(session, query.with_only_columns(*columns, maintain_column_froms=True))
    written = select(func.count()).where(BulkItem.run_id == run.id)
    return session.scalar(written) or 0


def _insert(session: Session, query: Any, *more: str) -> None:
    names = ["run_id", "record_id", "state", "fields", "along", *more]
    session.execute(insert(BulkItem).from_select(names, query))


def _describe(
    session: Session, run: BulkRun, verb: BulkVerb, bulk: BulkType, values: Values
) -> None:
    en, zh = verb.said(session, bulk, values)
    run.said = {"en": en, "zh": zh}
    run.title = bulk.counted.filled(run.said, run.total)[0][:200]


def _go(session: Session, actor: Actor, run: BulkRun) -> None:
    """A few records are changed here and now; more are a job."""
    what = {"verb": run.verb, "kind": run.subject_kind, "total": run.total, "values": run.values}
    note(session, actor, "bulk", table=BulkRun.__tablename__, row_id=run.id, changes=what)
    session.flush()
    if run.total <= AT_ONCE:
        while advance(session, run.id):
            pass
    else:
        enqueue(session, RUN, run.id)
