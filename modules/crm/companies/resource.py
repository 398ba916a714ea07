"""Companies in the REST API."""

from concord.api.collection import Collection, Filter
from concord.records.models import Record
from concord.records.sorting import normalised
from concord.web.routing import EVERYBODY
from modules.crm.companies.actions import archive_company, change_company, create_company
from modules.crm.companies.models import Company
from modules.crm.companies.policy import COMPANIES
from modules.crm.companies.queries import search
from modules.crm.companies.schemas import FIELD_GROUPS, CompanyIn, out_schema
from modules.crm.matching import phone_digits
from modules.crm.permissions import Crm

COMPANY_COLLECTION = Collection(
    name="companies",
    kind="company",
    model=Company,
    policy=COMPANIES,
    permission_read=Crm.COMPANY_READ,
    permission_write=Crm.COMPANY_WRITE,
    permission_archive=Crm.COMPANY_ARCHIVE,
    faces=EVERYBODY,
    out_schema=out_schema,
    in_schema=CompanyIn,
    create=create_company,
    update=change_company,
    archive=archive_company,
    filters={
        "id": Record.id,
        "name": Record.title,
        "is_customer": Company.is_customer,
        "is_supplier": Company.is_supplier,
        "tier": Company.tier,
        "state": Company.state,
        "owner_id": Record.owner_id,
        "team_id": Record.team_id,
        "city": Company.city,
        "industry": Company.industry,
        "source": Company.source,
        "phone": Filter(Company.phone, Company.phone_key, phone_digits),
        "email": Filter(Company.email, Company.email_key, normalised),
        "website": Company.website,
        "employees": Company.employees,
        "payment_terms_days": Company.payment_terms_days,
        "customer_since": Company.customer_since,
        "created_at": Record.created_at,
        "updated_at": Record.updated_at,
    },
    sorts={
        "name": Record.sort_key,
        "created_at": Record.created_at,
        "updated_at": Record.updated_at,
        "customer_since": Company.customer_since,
        "city": Company.city,
        "industry": Company.industry,
        "tier": Company.tier,
        "state": Company.state,
        "employees": Company.employees,
        "payment_terms_days": Company.payment_terms_days,
    },
    search=search,
    field_groups=FIELD_GROUPS,
)
