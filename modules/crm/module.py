"""What the CRM adds to the platform: customers, suppliers, their people."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from concord.module import Module
from concord.slots import FirstStep, NavItem
from modules.crm.blueprint import routes
from modules.crm.commands import COMMANDS
from modules.crm.companies import changing as company_changes
from modules.crm.companies import routes as company_routes
from modules.crm.companies.bulk import COMPANY_BULK
from modules.crm.companies.facts import COMPANY_FACTS
from modules.crm.companies.first import has_customers
from modules.crm.companies.lists import CUSTOMER_LIST, SUPPLIER_LIST
from modules.crm.companies.resource import COMPANY_COLLECTION
from modules.crm.contacts.bulk import CONTACT_BULK
from modules.crm.contacts.facts import CONTACT_FACTS
from modules.crm.contacts.lists import CONTACT_LIST
from modules.crm.contacts.noun import CONTACT
from modules.crm.contacts.resource import CONTACT_COLLECTION
from modules.crm.contacts.routes import CONTACT_ROUTES
from modules.crm.date_requests import parts as date_requests
from modules.crm.permissions import FIELD_GROUPS, GRANTS, Crm, together
from modules.crm.records import COMPANY_RECORD, CONTACT_RECORD
from modules.crm.seeds import seed
from modules.crm.topics import TOPICS

# Importing them is what puts their views on the blueprint.
VIEWS = (company_routes, company_changes)

CUSTOMERS = NavItem(
    label=_l("Customers"),
    endpoint="crm.customers",
    permission=Crm.COMPANY_READ,
    icon="building-2",
    order=20,
    phone=True,
)
SUPPLIERS = NavItem(
    label=_l("Suppliers"),
    endpoint="crm.suppliers",
    permission=Crm.COMPANY_READ,
    icon="truck",
    order=30,
    phone=True,
)
CONTACTS = NavItem(
    label=CONTACT.plural,
    endpoint="contacts.index",
    permission=CONTACT.read,
    icon="users",
    order=25,
)

FIRST_CUSTOMER = FirstStep(
    label=_l("Your first customer"),
    note=_l("Its people, promises and messages gather on one page that everyone shares."),
    endpoint="crm.customers",
    icon="building-2",
    permission=Crm.COMPANY_WRITE,
    is_done=has_customers,
    order=60,
)

MODULE = Module(
    name="crm",
    title=_l("Customer relations"),
    folder=Path(__file__).parent,
    blueprints=(routes, CONTACT_ROUTES, *date_requests.ROUTES),
    permissions=(Crm, *date_requests.PERMISSIONS),
    roles=together(GRANTS, date_requests.GRANTS),
    field_groups=FIELD_GROUPS,
    records=(COMPANY_RECORD, CONTACT_RECORD, date_requests.RECORD),
    facts=(*COMPANY_FACTS, *CONTACT_FACTS, *date_requests.FACTS),
    topics=TOPICS,
    panels=date_requests.PANELS,
    commands=(*COMMANDS, *date_requests.COMMANDS),
    first_steps=(FIRST_CUSTOMER,),
    nav=(CUSTOMERS, CONTACTS, SUPPLIERS, *date_requests.NAV),
    portal=date_requests.PORTAL,
    portal_home=date_requests.PORTAL_HOME,
    collections=(COMPANY_COLLECTION, CONTACT_COLLECTION, *date_requests.COLLECTIONS),
    lists=(CUSTOMER_LIST, SUPPLIER_LIST, CONTACT_LIST, *date_requests.LISTS),
    bulk=(COMPANY_BULK, CONTACT_BULK),
    seed=seed,
)
