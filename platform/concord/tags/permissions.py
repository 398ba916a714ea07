"""Who may make new tags; putting them on a record takes the right to write it."""

from enum import StrEnum

from concord.actors import Scope
from concord.module import Grants


class Tags(StrEnum):
    TAG_READ = "tags:tag:read"
    TAG_MAKE = "tags:tag:make"
    TAG_MANAGE = "tags:tag:manage"


READING: dict[str, Scope] = {Tags.TAG_READ: Scope.ALL}
MAKING = READING | {Tags.TAG_MAKE: Scope.ALL}
MANAGING = MAKING | {Tags.TAG_MANAGE: Scope.ALL}
ROLES: Grants = {
    "administrator": MANAGING,
    "manager": MANAGING,
    **dict.fromkeys(("sales", "service", "production", "purchasing", "finance"), MAKING),
    "read_only": READING,
}
