"""What requests for dates add to the CRM, as constants that its module takes over."""

from flask_babel import lazy_gettext as _l

from concord.actors import Face
from concord.records.types import RecordType
from concord.slots import Command, NavItem, PortalHome, PortalPage
from modules.crm.aside import COMPANY_ASIDE, COMPANY_MENU
from modules.crm.date_requests import permissions, portal_routes, resource, routes
from modules.crm.date_requests.facts import FACTS
from modules.crm.date_requests.lists import DATE_REQUEST_LIST
from modules.crm.date_requests.models import DateRequest
from modules.crm.date_requests.panel import ask_line, dates_panel
from modules.crm.date_requests.permissions import DateRequests
from modules.crm.date_requests.policy import DATE_REQUESTS
from modules.crm.date_requests.portal import waiting_dates
from modules.crm.date_requests.search import DATE_REQUEST_SEARCH

SUPPLIER = frozenset({Face.SUPPLIER})

RECORD = RecordType(
    kind="date_request",
    model=DateRequest,
    policy=DATE_REQUESTS,
    label=_l("Date request"),
    icon="calendar-clock",
    endpoint="date_requests.page",
    portal_endpoint="date_requests_portal.show",
    search=DATE_REQUEST_SEARCH,
)
NAV = (
    NavItem(
        label=_l("Date requests"),
        endpoint="date_requests.index",
        permission=DateRequests.READ,
        icon="calendar-clock",
        order=40,
    ),
)
COMMANDS = (
    Command(
        label=_l("New date request"),
        icon="calendar-clock",
        endpoint="date_requests.new",
        permission=DateRequests.WRITE,
        dialog=True,
        order=30,
    ),
)
PANELS = (
    COMPANY_ASIDE.panel(
        "crm/date_requests/panel.html", dates_panel, permission=DateRequests.READ, order=40
    ),
    COMPANY_MENU.panel(
        "crm/date_requests/menu.html", ask_line, permission=DateRequests.WRITE, order=40
    ),
)
PORTAL = (
    PortalPage(
        label=_l("Dates"),
        endpoint="date_requests_portal.index",
        icon="calendar-clock",
        faces=SUPPLIER,
        permission=DateRequests.READ,
        order=15,
    ),
)
PORTAL_HOME = (
    PortalHome(
        template="crm/date_requests/portal_home.html",
        load=waiting_dates,
        faces=SUPPLIER,
        permission=DateRequests.READ,
        order=10,
    ),
)
ROUTES = (routes.routes, portal_routes.routes, resource.routes)
LISTS = (DATE_REQUEST_LIST,)
COLLECTIONS = (resource.COLLECTION,)
PERMISSIONS = (DateRequests,)
GRANTS = permissions.GRANTS

__all__ = [
    "COLLECTIONS",
    "COMMANDS",
    "FACTS",
    "GRANTS",
    "LISTS",
    "NAV",
    "PANELS",
    "PERMISSIONS",
    "PORTAL",
    "PORTAL_HOME",
    "RECORD",
    "ROUTES",
]
