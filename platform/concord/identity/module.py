"""What accounts add to the platform, for its module."""

from flask_babel import lazy_gettext as _l

from concord.actors import OUTSIDE
from concord.identity import api
from concord.identity.api import COLLECTIONS
from concord.identity.facts import FACTS
from concord.identity.handing_over import HAND_OVER
from concord.identity.pages import (
    code_app,
    confirm,
    devices,
    entrance,
    factor_reset,
    invitation,
    invitations,
    looking,
    oidc,
    own_passkeys,
    passkey_door,
    person,
    portal,
    preferences,
    profile,
    region,
    reset,
    roles,
    second,
    security,
    setting_up,
    settings,
    sign_in_settings,
    teams,
    tokens,
)
from concord.identity.permissions import Identity
from concord.identity.roles import GRANTS
from concord.identity.routes import routes
from concord.slots import NavItem, PortalPage, SettingsPage

# Importing the pages puts them on the blueprint.
PAGES = (
    code_app, confirm, devices, entrance, factor_reset, invitation, invitations, looking, oidc,
    own_passkeys, passkey_door, person, portal, preferences, profile, region, reset, roles,
    second, security, setting_up, settings, sign_in_settings, teams, tokens,
)  # fmt: skip
BLUEPRINTS = (routes, api.routes)
PERMISSIONS = (Identity,)
JOBS = (HAND_OVER,)

SETTINGS = NavItem(
    label=_l("Settings"),
    endpoint="settings.index",
    permission=None,
    icon="settings",
    section="settings",
    order=90,
)
NAV = (SETTINGS,)

SETTINGS_PAGES = (
    SettingsPage(
        label=_l("Your profile"), endpoint="identity.preferences", icon="user-round",
        permission=None, group="you", order=10,
    ),
    SettingsPage(
        label=_l("Sign-in and security"), endpoint="identity.security", icon="shield-check",
        permission=None, group="you", order=20,
    ),
    SettingsPage(
        label=_l("Where you are signed in"), endpoint="identity.devices", icon="monitor-smartphone",
        permission=None, group="you", order=30,
    ),
    SettingsPage(
        label=_l("Language"), endpoint="identity.region", icon="languages",
        permission=None, group="you", order=50,
    ),
    SettingsPage(
        label=_l("API tokens"), endpoint="identity.tokens", icon="key-round",
        permission=Identity.TOKEN_MANAGE, group="you", order=60,
    ),
    SettingsPage(
        label=_l("People"), endpoint="identity.people", icon="users",
        permission=Identity.USER_MANAGE, group="organisation", order=20,
    ),
    SettingsPage(
        label=_l("Invitations"), endpoint="identity.all_invitations", icon="mail",
        permission=Identity.USER_MANAGE, group="organisation", order=25,
    ),
    SettingsPage(
        label=_l("Teams"), endpoint="identity.teams", icon="handshake",
        permission=Identity.USER_MANAGE, group="organisation", order=30,
    ),
    SettingsPage(
        label=_l("Roles"), endpoint="identity.roles", icon="shield-check",
        permission=Identity.USER_MANAGE, group="organisation", order=40,
    ),
    SettingsPage(
        label=_l("Signing in"), endpoint="identity.sign_in_settings", icon="log-in",
        permission=Identity.PROVIDER_MANAGE, group="organisation", order=60,
    ),
    SettingsPage(
        label=_l("Portal accounts"), endpoint="identity.outside", icon="globe",
        permission=Identity.USER_MANAGE, group="organisation", order=50,
    ),
)  # fmt: skip

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
    "JOBS",
    "NAV",
    "PERMISSIONS",
    "PORTAL_PAGES",
    "SETTINGS_PAGES",
]
