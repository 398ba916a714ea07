"""What people may do with views of lists. Seeing a list is the noun's own permission."""

from collections.abc import Mapping
from enum import StrEnum

from concord.actors import Scope
from concord.module import Grants


class Lists(StrEnum):
    LIST_READ = "lists:list:read"
    VIEW_WRITE = "lists:view:write"
    VIEW_SHARE = "lists:view:share"
    VIEW_MANAGE = "lists:view:manage"


KEEPING: Mapping[str, Scope] = {Lists.LIST_READ: Scope.ALL, Lists.VIEW_WRITE: Scope.OWN}
SHARING: Mapping[str, Scope] = {**KEEPING, Lists.VIEW_SHARE: Scope.OWN}
GRANTS: Grants = {
    "administrator": {**SHARING, Lists.VIEW_MANAGE: Scope.ALL},
    **dict.fromkeys(
        ("manager", "sales", "service", "production", "purchasing", "finance"), SHARING
    ),
    "read_only": KEEPING,
}
