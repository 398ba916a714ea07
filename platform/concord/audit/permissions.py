"""Who may look into the audit, and who may carry it out of the house."""

from enum import StrEnum

from concord.actors import Scope
from concord.module import Grants


class Audit(StrEnum):
    READ = "audit:log:read"
    EXPORT = "audit:log:export"


ROLES: Grants = {"administrator": {Audit.READ: Scope.ALL, Audit.EXPORT: Scope.ALL}}
