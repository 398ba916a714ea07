"""Who may take what they see out of the house."""

from enum import StrEnum

from concord.actors import Scope
from concord.module import Grants


class Exports(StrEnum):
    EXPORT = "lists:list:export"


ROLES: Grants = {
    role: {Exports.EXPORT: Scope.ALL}
    for role in ("administrator", "manager", "sales", "service", "purchasing", "finance")
}
