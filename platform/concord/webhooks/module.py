"""What webhooks add to the platform."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from concord.jobs.schedules import Schedule
from concord.records.types import RecordType
from concord.slots import SettingsPage
from concord.webhooks import collection, routes
from concord.webhooks.collection import COLLECTION
from concord.webhooks.facts import FACTS
from concord.webhooks.models import Webhook
from concord.webhooks.permissions import ROLES as GRANTS
from concord.webhooks.permissions import Webhooks
from concord.webhooks.policy import WEBHOOKS
from concord.webhooks.seeds import seed
from concord.webhooks.sending import SEND, send_what_was_left
from concord.webhooks.sweeping import FORGET_MORE, forget

WEBHOOK = RecordType(
    kind="webhook",
    model=Webhook,
    policy=WEBHOOKS,
    label=_l("Webhook"),
    icon="webhook",
    endpoint="webhooks.page",
)
SETTINGS = SettingsPage(
    label=_l("Webhooks"),
    endpoint="webhooks.index",
    icon="webhook",
    permission=Webhooks.MANAGE,
    group="system",
    order=40,
)
ROUTES = (routes.routes, collection.routes)
SCHEDULES = (
    Schedule(
        name="webhooks.send_what_was_left",
        label=_l("Send what webhooks were left with"),
        every=timedelta(minutes=1),
        run=send_what_was_left,
    ),
    Schedule(
        name="webhooks.forget",
        label=_l("Forget old messages of webhooks"),
        every=timedelta(hours=1),
        run=forget,
    ),
)

__all__ = [
    "COLLECTION",
    "FACTS",
    "FORGET_MORE",
    "GRANTS",
    "ROUTES",
    "SCHEDULES",
    "SEND",
    "SETTINGS",
    "WEBHOOK",
    "Webhooks",
    "seed",
]
