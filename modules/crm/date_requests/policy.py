"""Who sees requests for dates: staff within their scope, a supplier its own."""

from sqlalchemy import ColumnElement, and_, false

from concord.actors import Actor, Face
from concord.policy import ScopedPolicy
from concord.records.models import Record
from modules.crm.date_requests.models import DateRequest
from modules.crm.date_requests.permissions import DateRequests


class DateRequestPolicy(ScopedPolicy[DateRequest]):
    def outside(self, actor: Actor) -> ColumnElement[bool]:
        """A company that is customer and supplier at once sees them on its supplier side only."""
        if actor.face is not Face.SUPPLIER:
            return false()
        return and_(Record.company_id == actor.company_id, Record.company_id.is_not(None))

    def holds(self, actor: Actor, permission: str, record: DateRequest) -> bool:
        """Whoever outside sees a request may answer it: the same rows, the same condition."""
        if actor.outside and permission == DateRequests.ANSWER:
            permission = self.read
        return super().holds(actor, permission, record)


DATE_REQUESTS = DateRequestPolicy(DateRequest, kind="date_request", read=DateRequests.READ)
