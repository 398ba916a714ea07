"""What the audit brings to the platform."""

from flask_babel import lazy_gettext as _l

from concord.audit.permissions import ROLES, Audit
from concord.audit.routes import routes
from concord.audit.sealing import SEAL, SEAL_MORE
from concord.slots import SettingsPage

PAGES = (
    SettingsPage(
        label=_l("Audit"),
        endpoint="audit.index",
        icon="history",
        permission=Audit.READ,
        group="system",
        order=20,
    ),
)
PERMISSIONS = (Audit,)
SCHEDULES = (SEAL,)
JOBS = (SEAL_MORE,)

__all__ = ["JOBS", "PAGES", "PERMISSIONS", "ROLES", "SCHEDULES", "routes"]
