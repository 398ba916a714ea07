"""What accounts add to the platform, for its module."""

from flask_babel import lazy_gettext as _l

from concord.actors import OUTSIDE
from concord.identity import api
from concord.identity.api import COLLECTIONS
from concord.identity.facts import FACTS
from concord.identity.pages import (
    entrance,
    invitation,
    portal,
    preferences,
    profile,
    reset,
    settings,
    teams,
    tokens,
)
from concord.identity.permissions import Identity
from concord.identity.roles import GRANTS
from concord.identity.routes import routes
from concord.slots import NavItem, PortalPage

# Importing the pages puts them on the blueprint.
PAGES = (entrance, invitation, portal, preferences, profile, reset, settings, teams, tokens)
BLUEPRINTS = (routes, api.routes)
PERMISSIONS = (Identity,)

SETTINGS = NavItem(
    label=_l("Settings"),
    endpoint="identity.people",
    permission=Identity.USER_MANAGE,
    icon="settings",
    section="settings",
    order=90,
)
NAV = (SETTINGS,)

COLLEAGUES = PortalPage(
    label=_l("Colleagues"),
    endpoint="identity.colleagues",
    icon="users",
    faces=OUTSIDE,
    permission=Identity.USER_READ,
    order=90,
)
PORTAL_PAGES = (COLLEAGUES,)

__all__ = [
    "BLUEPRINTS",
    "COLLECTIONS",
    "FACTS",
    "GRANTS",
    "NAV",
    "PERMISSIONS",
    "PORTAL_PAGES",
]
