"""What jobs add to the platform: a page for administrators, and reading by programs."""

from flask_babel import lazy_gettext as _l

from concord.actors import Scope
from concord.jobs import resource, routes
from concord.jobs.permissions import Jobs
from concord.module import Grants
from concord.slots import SettingsPage

ROUTES = (routes.routes, resource.routes)
PERMISSIONS = (Jobs,)
ROLES: Grants = {"administrator": {Jobs.READ: Scope.ALL, Jobs.MANAGE: Scope.ALL}}
SETTINGS = (
    SettingsPage(
        label=_l("Jobs"),
        endpoint="jobs.index",
        icon="activity",
        permission=Jobs.READ,
        group="system",
        order=30,
    ),
)
