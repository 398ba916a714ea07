"""Webhooks on pages: the list, one with its log, and what is done with them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import orjson
from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from concord.clock import now
from concord.errors import Invalid
from concord.records.access import get, titles
from concord.web.forms import load
from concord.web.pages import go_to, render
from concord.web.request import actor, close_session, is_fragment, session
from concord.web.routing import Routes
from concord.web.toasts import toast
from concord.webhooks import actions, events, queries
from concord.webhooks.models import Delivery, State, Webhook
from concord.webhooks.permissions import Webhooks
from concord.webhooks.schemas import WebhookForm
from concord.webhooks.stopping import stop as stop_webhook

routes = Routes("webhooks", __name__)
MANAGE = Webhooks.MANAGE
HOME = "/settings/webhooks"
ONE = f"{HOME}/<int:record_id>"


@routes.get(HOME, permission=MANAGE)
def index() -> Response:
    cursor = request.args.get("cursor")
    found = queries.lines(session(), actor(), cursor)
    template = "webhooks/rows.html" if is_fragment() and cursor else "webhooks/index.html"
    return render(template, lines=found.items, next=found.next, said=events.said, moment=now())


@routes.get(f"{HOME}/new", permission=MANAGE)
def new() -> Response:
    return _form()


@routes.post(HOME, permission=MANAGE)
def create() -> Response:
    """The one answer that holds the secret."""
    try:
        hook, secret = actions.add(session(), actor(), **load(WebhookForm()))
    except Invalid as error:
        return _form(errors=error.errors)
    return render("webhooks/secret.html", hook=hook, secret=secret, title=_("Your new webhook"))


@routes.get(ONE, permission=MANAGE)
def page(record_id: int) -> Response:
    hook = _hook(record_id)
    state = State(chosen) if (chosen := request.args.get("state")) in set(State) else None
    cursor = request.args.get("cursor")
    found = queries.log(session(), hook, state=state, cursor=cursor)
    template = "webhooks/log_rows.html" if is_fragment() and cursor else "webhooks/page.html"
    return render(
        template,
        hook=hook,
        owner=queries.names(session(), {hook.owner_id}).get(hook.owner_id or 0, ""),
        is_mine=hook.owner_id == actor().user_id,
        deliveries=found.items,
        titles=_titles(hook, found.items),
        next=found.next,
        state=state,
        said=events.said,
        failed_since=queries.failed_since(session(), hook),
        is_awaited=queries.is_awaited(hook, found.items),
        moment=now(),
    )


@routes.get(f"{ONE}/edit", permission=MANAGE)
def edit(record_id: int) -> Response:
    return _form(_hook(record_id, writing=True))


@routes.post(ONE, permission=MANAGE)
def change(record_id: int) -> Response:
    hook = _hook(record_id, writing=True, lock=True)
    try:
        actions.change(session(), actor(), hook, load(WebhookForm()))
    except Invalid as error:
        return _form(hook, error.errors)
    toast(_("Saved."))
    return go_to(_url(hook))


@routes.post(f"{ONE}/ping", permission=MANAGE)
def ping(record_id: int) -> Response:
    hook = _hook(record_id, writing=True)
    actions.ping(session(), actor(), hook)
    toast(_("A test message is on its way: its line in the log says what became of it."))
    return go_to(_url(hook))


@routes.post(f"{ONE}/stop", permission=MANAGE)
def stop(record_id: int) -> Response:
    hook = _hook(record_id, writing=True, lock=True)
    stop_webhook(session(), actor(), hook)
    toast(_("Nothing more is delivered. What happens meanwhile is not made up for."))
    return go_to(_url(hook))


@routes.post(f"{ONE}/start", permission=MANAGE)
def start(record_id: int) -> Response:
    hook = _hook(record_id, writing=True, lock=True)
    actions.start(session(), actor(), hook)
    toast(_("From now on it is told what happens."))
    return go_to(_url(hook))


@routes.post(f"{ONE}/secret", permission=MANAGE)
def secret(record_id: int) -> Response:
    hook = _hook(record_id, writing=True, lock=True)
    renewed = actions.renew_secret(session(), actor(), hook)
    return render("webhooks/secret.html", hook=hook, secret=renewed, title=_("The new secret"))


@routes.post(f"{ONE}/remove", permission=MANAGE)
def remove(record_id: int) -> Response:
    actions.remove(session(), actor(), _hook(record_id, writing=True, lock=True))
    toast(_("The webhook is gone."))
    return go_to(HOME)


@routes.post(f"{ONE}/resend", permission=MANAGE)
def resend_failed(record_id: int) -> Response:
    hook = _hook(record_id, writing=True, lock=True)
    since = queries.failed_since(session(), hook) or now()
    count = actions.resend_failed(session(), actor(), hook, since)
    toast(ngettext("%(num)s message is sent again.", "%(num)s messages are sent again.", count))
    return go_to(_url(hook))


@routes.get(f"{ONE}/deliveries/<int:delivery_id>", permission=MANAGE)
def delivery(record_id: int, delivery_id: int) -> Response:
    hook = _hook(record_id)
    found = queries.one(session(), hook, delivery_id)
    message = orjson.dumps(orjson.loads(found.body), option=orjson.OPT_INDENT_2).decode()
    return render(
        "webhooks/delivery.html",
        hook=hook,
        delivery=found,
        tries=[{**one, "at": datetime.fromisoformat(one["at"])} for one in reversed(found.tries)],
        message=message if queries.reads_message(actor(), hook) else None,
        answer=found.answer if queries.reads_answer(actor()) else None,
        said=events.said,
    )


@routes.post(f"{ONE}/deliveries/<int:delivery_id>/resend", permission=MANAGE)
def resend(record_id: int, delivery_id: int) -> Response:
    hook = _hook(record_id, writing=True)
    actions.resend(session(), actor(), hook, queries.one(session(), hook, delivery_id))
    toast(_("It is sent again."))
    return go_to(_url(hook))


def _hook(record_id: int, *, writing: bool = False, lock: bool = False) -> Webhook:
    permission = MANAGE if writing else None
    return get(session(), actor(), Webhook, record_id, permission=permission, lock=lock)


def _titles(hook: Webhook, found: Iterable[Delivery]) -> dict[int, str]:
    """What the messages are about, for whoever may read them."""
    if not queries.reads_message(actor(), hook):
        return {}
    return titles(session(), (delivery.record_id for delivery in found))


def _url(hook: Webhook) -> str:
    return url_for("webhooks.page", record_id=hook.id)


def _form(hook: Webhook | None = None, errors: Mapping[str, Any] | None = None) -> Response:
    """The dialog, with what was typed; nothing of it is kept where it comes back."""
    chosen = request.form.getlist("events") if errors else list(hook.events) if hook else []
    if errors:
        close_session()
    return render(
        "webhooks/form.html",
        422 if errors else 200,
        hook=hook,
        typed=request.form,
        chosen=chosen,
        groups=events.groups(),
        errors=errors or {},
    )
