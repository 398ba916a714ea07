"""What people may do with webhooks."""

from enum import StrEnum

from concord.actors import Scope
from concord.module import Grants


class Webhooks(StrEnum):
    MANAGE = "webhooks:webhook:manage"
    ANSWER_READ = "webhooks:answer:read"


ROLES: Grants = {
    "administrator": {Webhooks.MANAGE: Scope.ALL, Webhooks.ANSWER_READ: Scope.ALL},
    "manager": {Webhooks.MANAGE: Scope.OWN},
}
