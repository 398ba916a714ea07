"""What mail adds to the platform, for its module."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from concord.jobs.schedules import Schedule
from concord.mail.inbox import LOOK, look_now_and_then
from concord.mail.sending import SEND_MAIL

JOBS = (SEND_MAIL, LOOK)
SCHEDULES = (
    Schedule(
        name="concord.inbox",
        every=timedelta(minutes=1),
        run=look_now_and_then,
        label=_l("Ask for a look into the mailbox"),
    ),
)

__all__ = ["JOBS", "SCHEDULES"]
