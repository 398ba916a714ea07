"""What tags add to the platform, for its module."""

from flask_babel import lazy_gettext as _l

from concord.records.slots import RECORD_ASIDE
from concord.slots import SettingsPage
from concord.tags.api import TAG_COLLECTION
from concord.tags.permissions import ROLES, Tags
from concord.tags.queries import tagged
from concord.tags.routes import routes

PANELS = (RECORD_ASIDE.panel("tags/panel.html", tagged, permission=Tags.TAG_READ, order=5),)
SETTINGS = (
    SettingsPage(
        label=_l("Tags"),
        endpoint="tags.index",
        icon="tags",
        permission=Tags.TAG_MANAGE,
        group="organisation",
        order=60,
    ),
)
ROUTES = (routes,)
COLLECTIONS = (TAG_COLLECTION,)

__all__ = ["COLLECTIONS", "PANELS", "ROLES", "ROUTES", "SETTINGS", "Tags"]
