"""Who may change many records at once, and who sees which runs."""

from enum import StrEnum

from concord.actors import Scope
from concord.module import Grants


class Bulk(StrEnum):
    RUN_READ = "bulk:run:read"
    RUN_WRITE = "bulk:run:write"


OWN: dict[str, Scope] = {Bulk.RUN_READ: Scope.OWN, Bulk.RUN_WRITE: Scope.OWN}
EVERYBODYS: dict[str, Scope] = {Bulk.RUN_READ: Scope.ALL, Bulk.RUN_WRITE: Scope.ALL}
ROLES: Grants = {
    "administrator": EVERYBODYS,
    **dict.fromkeys(("manager", "sales", "service", "production", "purchasing", "finance"), OWN),
}
