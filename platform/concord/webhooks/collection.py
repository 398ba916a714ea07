"""Webhooks in the REST API."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.api import body
from concord.api.answers import answer, nothing
from concord.api.collection import Collection
from concord.api.describe import PAGING, Operation, Parameter, describes
from concord.api.filtering import read_limit, single
from concord.api.serialising import serialiser
from concord.errors import Invalid
from concord.records.access import get
from concord.records.models import Record
from concord.web.request import actor, session
from concord.web.routing import Routes
from concord.webhooks import actions, queries
from concord.webhooks.models import Delivery, State, Webhook
from concord.webhooks.permissions import Webhooks
from concord.webhooks.policy import WEBHOOKS
from concord.webhooks.schemas import (
    DeliveryOut,
    SinceIn,
    WebhookIn,
    WebhookOut,
    WholeDeliveryOut,
)
from concord.webhooks.stopping import stop

routes = Routes("webhooks_api", __name__, url_prefix="/api/v1/webhooks/<int:record_id>")
MANAGE = Webhooks.MANAGE
TAG = "webhooks"


def create(session: Session, actor: Actor, values: dict[str, Any]) -> Webhook:
    hook, secret = actions.add(session, actor, **values)
    hook.shown_secret = secret  # type: ignore[attr-defined]
    return hook


def update(session: Session, actor: Actor, hook: Webhook, values: dict[str, Any]) -> None:
    if values.pop("secret", None) is not None:
        raise Invalid({"secret": [_("Renew the secret instead: POST …/secret.")]})
    actions.change(session, actor, hook, values)


COLLECTION: Collection[Webhook] = Collection(
    name="webhooks",
    kind="webhook",
    model=Webhook,
    policy=WEBHOOKS,
    permission_read=MANAGE,
    permission_write=MANAGE,
    out_schema=WebhookOut,
    in_schema=WebhookIn,
    create=create,
    update=update,
    archive=actions.remove,
    filters={"title": Record.title, "owner_id": Record.owner_id},
    sorts={"title": Record.sort_key, "created_at": Record.created_at},
    fixed=frozenset(),
    shown_once=frozenset({"secret"}),
)


DELIVERIES = Operation(
    tag=TAG,
    summary=_l("List what was delivered or is to be, newest first"),
    parameters=(
        Parameter("state", "string", _l("Only these: waiting, delivered, failed or withheld")),
        *PAGING,
    ),
    response=DeliveryOut,
    paged="string",
)
DELIVERY = Operation(
    tag=TAG, summary=_l("Read one delivery with its message"), response=WholeDeliveryOut
)
RESEND = Operation(tag=TAG, summary=_l("Send one delivery again"), response=DeliveryOut, status=202)
RESEND_FAILED = Operation(
    tag=TAG, summary=_l("Send again what has failed since a moment"), request=SinceIn, status=204
)
PING = Operation(tag=TAG, summary=_l("Send a test message"), response=DeliveryOut, status=202)
SECRET = Operation(
    tag=TAG,
    summary=_l("Renew the secret; the former one signs as well for a day"),
    response=WebhookOut,
)
START = Operation(tag=TAG, summary=_l("Deliver again"), response=WebhookOut)
STOP = Operation(tag=TAG, summary=_l("Deliver nothing more"), response=WebhookOut)


@routes.get("/deliveries", permission=MANAGE)
@describes(DELIVERIES)
def deliveries(record_id: int) -> Response:
    hook = _hook(record_id)
    given = single(request.args)
    unknown = given.keys() - {"state", "limit", "cursor"}
    if unknown:
        raise Invalid({name: [_("There is no such filter.")] for name in unknown})
    found = queries.log(
        session(), hook, state=_state(given), cursor=given.get("cursor"), limit=read_limit(given)
    )
    items = serialiser(DeliveryOut).many(found.items)
    return answer({"items": items, "next": found.next})


@routes.get("/deliveries/<int:delivery_id>", permission=MANAGE)
@describes(DELIVERY)
def delivery(record_id: int, delivery_id: int) -> Response:
    hook = _hook(record_id)
    found = queries.one(session(), hook, delivery_id)
    shown = {column.key: getattr(found, column.key) for column in Delivery.__table__.columns}
    shown["body"] = found.body if queries.reads_message(actor(), hook) else None
    shown["answer"] = found.answer if queries.reads_answer(actor()) else None
    return answer(serialiser(WholeDeliveryOut).one(SimpleNamespace(**shown)))


@routes.post("/deliveries/<int:delivery_id>/resend", permission=MANAGE)
@describes(RESEND)
def resend(record_id: int, delivery_id: int) -> Response:
    hook = _hook(record_id, writing=True)
    found = queries.one(session(), hook, delivery_id)
    actions.resend(session(), actor(), hook, found)
    return answer(serialiser(DeliveryOut).one(found), 202)


@routes.post("/resend", permission=MANAGE)
@describes(RESEND_FAILED)
def resend_failed(record_id: int) -> Response:
    hook = _hook(record_id, writing=True)
    actions.resend_failed(session(), actor(), hook, body.read(SinceIn)["since"])
    return nothing()


@routes.post("/ping", permission=MANAGE)
@describes(PING)
def ping(record_id: int) -> Response:
    made = actions.ping(session(), actor(), _hook(record_id, writing=True))
    return answer(serialiser(DeliveryOut).one(made), 202)


@routes.post("/secret", permission=MANAGE)
@describes(SECRET)
def secret(record_id: int) -> Response:
    hook = _hook(record_id, writing=True)
    hook.shown_secret = actions.renew_secret(session(), actor(), hook)  # type: ignore[attr-defined]
    return _answered(hook)


@routes.post("/start", permission=MANAGE)
@describes(START)
def begin(record_id: int) -> Response:
    hook = _hook(record_id, writing=True)
    actions.start(session(), actor(), hook)
    return _answered(hook)


@routes.post("/stop", permission=MANAGE)
@describes(STOP)
def end(record_id: int) -> Response:
    hook = _hook(record_id, writing=True)
    stop(session(), actor(), hook)
    return _answered(hook)


def _hook(record_id: int, *, writing: bool = False) -> Webhook:
    permission = MANAGE if writing else None
    return get(session(), actor(), Webhook, record_id, permission=permission, lock=writing)


def _answered(hook: Webhook) -> Response:
    session().flush()
    return answer(serialiser(WebhookOut).one(hook), tag=hook.version)


def _state(given: Mapping[str, str]) -> State | None:
    text = given.get("state")
    if text is None:
        return None
    if text not in set(State):
        raise Invalid({"state": [_("Send waiting, delivered, failed or withheld.")]})
    return State(text)
