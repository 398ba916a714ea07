"""Who asks suppliers for dates, who sees the answers, and who gives them."""

from enum import StrEnum

from concord.actors import Scope
from concord.module import Grants


class DateRequests(StrEnum):
    READ = "crm:date_request:read"
    WRITE = "crm:date_request:write"
    ANSWER = "crm:date_request:answer"


READING: dict[str, Scope] = {DateRequests.READ: Scope.ALL}
ASKING = READING | {DateRequests.WRITE: Scope.ALL}
ANSWERING: dict[str, Scope] = {DateRequests.READ: Scope.OWN, DateRequests.ANSWER: Scope.OWN}

GRANTS: Grants = {
    "administrator": ASKING,
    "manager": ASKING,
    "purchasing": ASKING,
    "production": ASKING,
    "sales": READING,
    "service": READING,
    "finance": READING,
    "read_only": READING,
    "supplier": ANSWERING,
}
