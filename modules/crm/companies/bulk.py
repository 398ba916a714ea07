"""What can be done to many companies at once."""

from concord.bulk.declaring import BulkType, Counted
from modules.crm.companies.actions import assign_companies, restore_company
from modules.crm.companies.resource import COMPANY_COLLECTION

COMPANY_BULK = BulkType(
    collection=COMPANY_COLLECTION,
    counted=Counted("company", "companies", "家公司"),
    assign=assign_companies,
    restore=restore_company,
)
