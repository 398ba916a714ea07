"""The kinds of record that the CRM brings."""

from dataclasses import replace

from flask_babel import lazy_gettext as _l

from concord.nouns.bringing import record_type_of
from concord.records.types import RecordType
from modules.crm.companies.models import Company
from modules.crm.companies.policy import COMPANIES
from modules.crm.companies.search import COMPANY_SEARCH
from modules.crm.contacts.noun import CONTACT
from modules.crm.contacts.search import CONTACT_SEARCH

COMPANY_RECORD = RecordType(
    kind="company",
    model=Company,
    policy=COMPANIES,
    label=_l("Company"),
    icon="building-2",
    endpoint="crm.company",
    portal_endpoint="portal.talk",
    search=COMPANY_SEARCH,
)
CONTACT_RECORD = replace(record_type_of(CONTACT), search=CONTACT_SEARCH)
