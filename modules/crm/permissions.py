"""What people may do with companies and contacts, and what the first roles hold."""

from collections.abc import Mapping
from enum import StrEnum

from concord.actors import Scope
from concord.module import Grants


class Crm(StrEnum):
    COMPANY_READ = "crm:company:read"
    COMPANY_WRITE = "crm:company:write"
    COMPANY_ARCHIVE = "crm:company:archive"
    CONTACT_READ = "crm:contact:read"
    CONTACT_WRITE = "crm:contact:write"
    CONTACT_ARCHIVE = "crm:contact:archive"


CREDIT = "credit"
"""The field group of what a customer may owe and for how long."""

READING: Mapping[str, Scope] = {Crm.COMPANY_READ: Scope.ALL, Crm.CONTACT_READ: Scope.ALL}
COMPANY_WRITING = (Crm.COMPANY_WRITE, Crm.COMPANY_ARCHIVE)
CONTACT_WRITING = (Crm.CONTACT_WRITE, Crm.CONTACT_ARCHIVE)
WRITING = (*COMPANY_WRITING, *CONTACT_WRITING)

EVERYTHING: Mapping[str, Scope] = dict(READING) | dict.fromkeys(WRITING, Scope.ALL)
OF_THE_TEAM: Mapping[str, Scope] = dict(READING) | dict.fromkeys(WRITING, Scope.TEAM)
OWN_COMPANY: Mapping[str, Scope] = {Crm.COMPANY_READ: Scope.ALL}

GRANTS: Grants = {
    "administrator": EVERYTHING,
    "manager": EVERYTHING,
    "sales": OF_THE_TEAM,
    "purchasing": OF_THE_TEAM,
    "service": dict(READING) | dict.fromkeys(CONTACT_WRITING, Scope.ALL),
    "production": READING,
    "finance": READING,
    "read_only": READING,
    "customer": OWN_COMPANY,
    "customer_administrator": OWN_COMPANY,
    "supplier": OWN_COMPANY,
}


def together(*several: Grants) -> Grants:
    """The grants of several nouns as those of one module."""
    roles = {role for grants in several for role in grants}
    return {
        role: {name: scope for grants in several for name, scope in grants.get(role, {}).items()}
        for role in sorted(roles)
    }


FIELD_GROUPS = {"administrator": (CREDIT,), "manager": (CREDIT,), "finance": (CREDIT,)}
