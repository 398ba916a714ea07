"""The places on a company's page that other modules fill."""

from concord.slots import Slot
from modules.crm.companies.models import Company

COMPANY_ASIDE = Slot("crm.company.aside", Company)
"""Panels beside the timeline. A panel's template sees `panel` and `record`."""

COMPANY_MENU = Slot("crm.company.menu", Company)
"""Lines of the menu “New”. A template sees `panel` and `record` and writes menu items."""
