"""What files add to the platform."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from concord.files import resource, routes
from concord.files.actions import sweep_orphans
from concord.jobs.schedules import Schedule

ROUTES = (routes.routes, resource.routes)
SCHEDULES = (
    Schedule(
        name="files.sweep_orphans",
        every=timedelta(hours=1),
        run=sweep_orphans,
        label=_l("Remove uploads that were never sent"),
    ),
)
