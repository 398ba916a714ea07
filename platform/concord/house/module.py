"""What the organisation's settings bring to the platform."""

from flask_babel import lazy_gettext as _l

from concord.house.first_steps import BLOCK, STEPS
from concord.house.permissions import ROLES, House
from concord.house.routes import routes
from concord.slots import SettingsPage

SETTINGS_PAGES = (
    SettingsPage(
        label=_l("Name and logo"),
        endpoint="house.settings",
        icon="building-2",
        permission=House.MANAGE,
        group="organisation",
        order=10,
    ),
    SettingsPage(
        label=_l("Working hours"),
        endpoint="house.calendar",
        icon="calendar",
        permission=House.MANAGE,
        group="organisation",
        order=15,
    ),
)
ROUTES = (routes,)
PERMISSIONS = (House,)
FIRST_STEPS = STEPS
WORKBENCH = (BLOCK,)

__all__ = ["FIRST_STEPS", "PERMISSIONS", "ROLES", "ROUTES", "SETTINGS_PAGES", "WORKBENCH"]
