"""Bulk changes for programs: begin one, watch it, hold it, take it back."""

from collections.abc import Callable
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from concord.api import body
from concord.api.answers import answer
from concord.api.collection import Collection
from concord.api.describe import PAGING, Operation, Parameter, describes
from concord.api.filtering import read_limit, single
from concord.api.idempotency import HEADER, Once, hashed, once
from concord.api.serialising import serialiser
from concord.bulk import queries, starting
from concord.bulk.declaring import BulkType
from concord.bulk.models import BulkRun, ItemState
from concord.bulk.permissions import Bulk
from concord.bulk.policy import RUNS
from concord.bulk.schemas import BulkIn, ItemOut, RunOut
from concord.bulk.selecting import by_filter, by_ids
from concord.errors import Invalid
from concord.records.access import get
from concord.records.models import Record
from concord.web.request import actor, session
from concord.web.routing import STAFF, Routes, declared

routes = Routes("api_bulk", __name__, url_prefix="/api/v1/bulk-runs")
SELECTION = frozenset({"ids", "filter", "q", "verb"})

RUN_COLLECTION: Collection[BulkRun] = Collection(
    name="bulk-runs",
    kind="bulk_run",
    model=BulkRun,
    policy=RUNS,
    permission_read=Bulk.RUN_READ,
    permission_write=Bulk.RUN_WRITE,
    out_schema=RunOut,
    filters={
        "state": BulkRun.state,
        "verb": BulkRun.verb,
        "subject_kind": BulkRun.subject_kind,
        "owner_id": Record.owner_id,
        "undoes_id": BulkRun.undoes_id,
        "created_at": Record.created_at,
    },
    sorts={"created_at": Record.created_at},
)


def _doing(summary: Any) -> Operation:
    return Operation(tag="bulk-runs", summary=summary, response=RunOut, status=202, keyed=True)


BEGIN = _l("Change many at once")
ITEMS = Operation(
    tag="bulk-runs",
    summary=_l("What became of each record"),
    parameters=(
        Parameter("state", "string", _l("Only those in this state")),
        *PAGING,
    ),
    response=ItemOut,
    paged="string",
)


def begin_view(bulk: BulkType) -> Callable[..., Any]:
    """`POST /api/v1/<collection>/bulk` of one noun."""

    @describes(
        Operation(
            tag=bulk.collection.name,
            summary=BEGIN,
            request=BulkIn,
            response=RunOut,
            status=202,
            keyed=True,
        )
    )
    def begin() -> Response:
        return _once(lambda: _begun(bulk))

    return declared(begin, Bulk.RUN_WRITE, STAFF)


@routes.get("/<identifier:record_id>/items", permission=Bulk.RUN_READ)
@describes(ITEMS)
def items(record_id: int) -> Response:
    given = single(request.args)
    if unknown := sorted(given.keys() - {"state", "cursor", "limit"}):
        raise Invalid({name: [_("There is no such filter.")] for name in unknown})
    run = get(session(), actor(), BulkRun, record_id)
    state = given.get("state")
    if state is not None and state not in list(ItemState):
        raise Invalid({"state": [_("There is no such state.")]})
    found = queries.items(
        session(), run, state=state, cursor=given.get("cursor"), limit=read_limit(given)
    )
    return answer({"items": serialiser(ItemOut).many(found.items), "next": found.next})


@routes.post("/<identifier:record_id>/undo", permission=Bulk.RUN_WRITE)
@describes(_doing(_l("Take it back, as far as nobody has changed anything since")))
def undo(record_id: int) -> Response:
    return _once(lambda: starting.undo(session(), actor(), _mine(record_id)))


@routes.post("/<identifier:record_id>/hold", permission=Bulk.RUN_WRITE)
@describes(_doing(_l("Hold it after the step it is in")))
def hold(record_id: int) -> Response:
    return _once(lambda: _changed(starting.hold, record_id))


@routes.post("/<identifier:record_id>/continue", permission=Bulk.RUN_WRITE)
@describes(_doing(_l("Go on with what was held")))
def go_on(record_id: int) -> Response:
    return _once(lambda: _changed(starting.go_on, record_id))


def _changed(change: Callable[..., object], record_id: int) -> BulkRun:
    run = _mine(record_id)
    change(session(), actor(), run)
    return run


def _mine(record_id: int) -> BulkRun:
    return get(session(), actor(), BulkRun, record_id, permission=Bulk.RUN_WRITE, lock=True)


def _begun(bulk: BulkType) -> BulkRun:
    values = body.read(BulkIn)
    key = values.get("verb", "edit")
    verb = starting.verb_of(actor(), bulk, key)
    ids, words = values.get("ids"), values.get("q")
    if ids is not None:
        asked = by_ids(bulk.collection, actor(), ids, archived=verb.archived)
    else:
        asked = by_filter(
            session(), bulk.collection, actor(), values["filter"], words, archived=verb.archived
        )
    sent = {name: value for name, value in values.items() if name not in SELECTION}
    total = len(set(ids)) if ids is not None else None
    return starting.start(session(), actor(), bulk, verb, sent, asked, total=total)


def _once(act: Callable[[], BulkRun]) -> Response:
    """Done once for each key; whoever repeats it reads the run as it is now, if they still may."""
    first = once(session(), actor(), request.headers.get(HEADER), hashed(request.get_data()))
    run = _kept(first, act()) if first else _again(first)
    location = url_for("api.bulk-runs_one", record_id=run.id)
    response = answer(serialiser(RunOut).one(run), 202, location=location)
    if not first:
        response.headers["Idempotency-Replayed"] = "true"
    return response


def _kept(first: Once, run: BulkRun) -> BulkRun:
    session().flush()
    first.keep(202, headers={"id": str(run.id)})
    return run


def _again(repeated: Once) -> BulkRun:
    assert repeated.answer is not None
    return get(session(), actor(), BulkRun, int(repeated.answer.headers["id"]))
