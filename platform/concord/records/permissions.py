"""What few people may do with records of any kind."""

from enum import StrEnum

from concord.actors import Scope
from concord.module import Grants


class Records(StrEnum):
    PURGE = "records:record:purge"


ROLES: Grants = {"administrator": {Records.PURGE: Scope.ALL}}
