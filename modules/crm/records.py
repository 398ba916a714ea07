"""The kinds of record that the CRM brings."""

from flask_babel import lazy_gettext as _l

from concord.records.types import RecordType
from modules.crm.companies.models import Company
from modules.crm.companies.policy import COMPANIES
from modules.crm.companies.search import COMPANY_SEARCH
from modules.crm.contacts.models import Contact
from modules.crm.contacts.policy import CONTACTS
from modules.crm.contacts.search import CONTACT_SEARCH

COMPANY = RecordType(
    kind="company",
    model=Company,
    policy=COMPANIES,
    label=_l("Company"),
    icon="building-2",
    endpoint="crm.company",
    portal_endpoint="portal.talk",
    search=COMPANY_SEARCH,
)
CONTACT = RecordType(
    kind="contact",
    model=Contact,
    policy=CONTACTS,
    label=_l("Contact"),
    icon="user-round",
    endpoint="crm.contact",
    search=CONTACT_SEARCH,
)
