"""What bulk changes add to the platform, for its module."""

from flask_babel import lazy_gettext as _l

from concord.bulk.api import RUN_COLLECTION
from concord.bulk.facts import FACTS
from concord.bulk.models import BulkRun
from concord.bulk.permissions import ROLES, Bulk
from concord.bulk.policy import RUNS
from concord.bulk.routes import routes
from concord.bulk.running import RUN
from concord.records.types import RecordType
from concord.search.types import NOWHERE
from concord.slots import SettingsPage

BULK_RUN = RecordType(
    kind="bulk_run",
    model=BulkRun,
    policy=RUNS,
    label=_l("Bulk change"),
    icon="layers",
    endpoint="bulk.run",
    search=NOWHERE,
)
SETTINGS = (
    SettingsPage(
        label=_l("Bulk changes"),
        endpoint="bulk.index",
        icon="layers",
        permission=Bulk.RUN_READ,
        group="you",
        order=80,
    ),
)
JOBS = (RUN,)
ROUTES = (routes,)
COLLECTIONS = (RUN_COLLECTION,)

__all__ = ["BULK_RUN", "COLLECTIONS", "FACTS", "JOBS", "ROLES", "ROUTES", "SETTINGS", "Bulk"]
