"""What files add to the platform."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from concord.files import pages, resource, routes
from concord.files.facts import FACTS
from concord.files.scanning import SCAN
from concord.files.sweeping import SWEEP_CONTENTS, sweep
from concord.jobs.schedules import Schedule

# Importing the pages puts them on the blueprint.
PAGES = (pages,)
ROUTES = (routes.routes, resource.routes)
JOBS = (SCAN, SWEEP_CONTENTS)
SCHEDULES = (
    Schedule(
        name="files.sweep_orphans",
        every=timedelta(hours=1),
        run=sweep,
        label=_l("Remove uploads that were never sent"),
    ),
)

__all__ = ["FACTS", "JOBS", "ROUTES", "SCHEDULES"]
