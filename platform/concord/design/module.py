"""What the design page adds to the platform."""

from flask_babel import lazy_gettext as _l

from concord.design.routes import routes
from concord.identity.permissions import Identity
from concord.slots import SettingsPage

PAGE = SettingsPage(
    label=_l("Design"),
    endpoint="design.index",
    icon="palette",
    permission=Identity.USER_MANAGE,
    group="system",
    order=90,
)
SETTINGS_PAGES = (PAGE,)

__all__ = ["SETTINGS_PAGES", "routes"]
