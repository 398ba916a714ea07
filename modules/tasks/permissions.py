"""What people may do with tasks."""

from enum import StrEnum

from concord.actors import Scope
from concord.module import Grants


class Tasks(StrEnum):
    TASK_READ = "tasks:task:read"
    TASK_WRITE = "tasks:task:write"


# A promise to a customer is everybody's business: whoever sees it is late may act.
WORKING: dict[str, Scope] = {Tasks.TASK_READ: Scope.ALL, Tasks.TASK_WRITE: Scope.ALL}
ROLES: Grants = {
    "administrator": WORKING,
    "manager": WORKING,
    "sales": WORKING,
    "service": WORKING,
    "production": WORKING,
    "purchasing": WORKING,
    "finance": WORKING,
    "read_only": {Tasks.TASK_READ: Scope.ALL},
}
