"""Who says how the organisation is called and when it works."""

from enum import StrEnum

from concord.actors import Scope
from concord.module import Grants


class House(StrEnum):
    MANAGE = "organisation:settings:manage"


ROLES: Grants = {"administrator": {House.MANAGE: Scope.ALL}}
