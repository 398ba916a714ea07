"""What people may do with articles."""

from enum import StrEnum

from concord.actors import Scope
from concord.module import Grants


class Knowledge(StrEnum):
    ARTICLE_READ = "knowledge:article:read"
    ARTICLE_WRITE = "knowledge:article:write"
    ARTICLE_PUBLISH = "knowledge:article:publish"


READER: dict[str, Scope] = {Knowledge.ARTICLE_READ: Scope.ALL}
AUTHOR: dict[str, Scope] = {**READER, Knowledge.ARTICLE_WRITE: Scope.OWN}
EDITOR: dict[str, Scope] = {
    **READER,
    Knowledge.ARTICLE_WRITE: Scope.ALL,
    Knowledge.ARTICLE_PUBLISH: Scope.ALL,
}
OUTSIDER: dict[str, Scope] = {Knowledge.ARTICLE_READ: Scope.OWN}
ROLES: Grants = {
    "administrator": EDITOR,
    "manager": EDITOR,
    "service": EDITOR,
    "sales": AUTHOR,
    "production": AUTHOR,
    "purchasing": AUTHOR,
    "finance": AUTHOR,
    "read_only": READER,
    "customer": OUTSIDER,
    "customer_administrator": OUTSIDER,
    "supplier": OUTSIDER,
}
