"""What the portal adds to the platform: its pages, and who may open them."""

from flask_babel import lazy_gettext as _l

from concord.actors import OUTSIDE, Scope
from concord.module import Grants
from concord.portal.permissions import Portal
from concord.portal.routes import routes
from concord.slots import PortalPage

ROUTES = (routes,)
PERMISSIONS = (Portal,)
ROLES: Grants = {
    role: {Portal.READ: Scope.OWN} for role in ("customer", "customer_administrator", "supplier")
}

HOME = PortalPage(
    label=_l("Home"),
    endpoint="portal.home",
    icon="house",
    faces=OUTSIDE,
    permission=Portal.READ,
    order=10,
)
CONVERSATION = PortalPage(
    label=_l("Conversation"),
    endpoint="portal.talk",
    icon="messages-square",
    faces=OUTSIDE,
    permission=Portal.READ,
    order=20,
)
FILES = PortalPage(
    label=_l("Files"),
    endpoint="portal.files",
    icon="folder",
    faces=OUTSIDE,
    permission=Portal.READ,
    order=60,
)
PAGES = (HOME, CONVERSATION, FILES)
