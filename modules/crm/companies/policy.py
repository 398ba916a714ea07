"""Who sees companies: staff within their scope, people outside their own one."""

from sqlalchemy import ColumnElement

from concord.actors import Actor
from concord.records.models import Record
from modules.crm.companies.models import Company
from modules.crm.permissions import Crm
from modules.crm.reach import Reach


class CompanyPolicy(Reach[Company]):
    def outside(self, actor: Actor) -> ColumnElement[bool]:
        return Record.id == actor.company_id


COMPANIES = CompanyPolicy(Company, kind="company", read=Crm.COMPANY_READ)
