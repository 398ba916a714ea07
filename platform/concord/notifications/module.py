"""What being told adds to the platform, for its module."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from concord.jobs.schedules import Schedule
from concord.notifications import preference_routes, unsubscribe_routes
from concord.notifications.digest import SEND_DIGEST, digests_due
from concord.notifications.mailing import MAIL_WAITING
from concord.notifications.overdue import ask_again
from concord.notifications.routes import routes
from concord.notifications.topics import TOPICS
from concord.slots import SettingsPage

# Importing them puts their views on the blueprint.
VIEWS = (preference_routes, unsubscribe_routes)
ROUTES = (routes,)

SETTINGS_PAGE = SettingsPage(
    label=_l("Notifications"),
    endpoint="notifications.preferences",
    icon="bell",
    permission=None,
    group="you",
    order=20,
)
JOBS = (MAIL_WAITING, SEND_DIGEST)
SCHEDULES = (
    Schedule(
        name="concord.digests",
        every=timedelta(minutes=5),
        run=digests_due,
        label=_l("Ask for the digests that are due"),
    ),
    Schedule(
        name="concord.waiting_mail",
        every=timedelta(minutes=10),
        run=ask_again,
        label=_l("Ask for mails that wait"),
    ),
)

__all__ = ["JOBS", "ROUTES", "SCHEDULES", "SETTINGS_PAGE", "TOPICS"]
