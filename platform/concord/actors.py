"""Who is acting: passed to every action and policy, never looked up behind their back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Face(StrEnum):
    """The side of the house a person stands on."""

    STAFF = "staff"
    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    SYSTEM = "system"


OUTSIDE = frozenset({Face.CUSTOMER, Face.SUPPLIER})


class Scope(StrEnum):
    """How far a permission reaches: my records, my team's, everybody's."""

    OWN = "own"
    TEAM = "team"
    ALL = "all"


class Audience(IntEnum):
    """Who reads an entry beside the staff who see its record."""

    INTERNAL = 0
    CUSTOMER = 1
    SUPPLIER = 2

    @property
    def word(self) -> str:
        return self.name.lower()

    @classmethod
    def of(cls, face: Face) -> "Audience":
        """The stream a face reads: outside faces have their own, all others read everything."""
        return {Face.CUSTOMER: cls.CUSTOMER, Face.SUPPLIER: cls.SUPPLIER}.get(face, cls.INTERNAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One person (or the system) on one side, with what they may do there.

    `looking` is an administrator who sees through this person's eyes, and changes nothing.
    """

    face: Face
    user_id: int | None
    name: str = ""
    grants: Mapping[str, Scope] = field(default_factory=dict)
    team_ids: frozenset[int] = frozenset()
    company_id: int | None = None
    company_name: str = ""
    is_administrator: bool = False
    field_groups: frozenset[str] = frozenset()
    language: str = "en"
    timezone: str = "UTC"
    theme: str = "system"
    session_id: int | None = None
    token_id: int | None = None
    membership_id: int | None = None
    looking: "Actor | None" = None

    @property
    def outside(self) -> bool:
        return self.face in OUTSIDE

    @property
    def staff(self) -> bool:
        return self.face in (Face.STAFF, Face.SYSTEM)

    @property
    def audience(self) -> Audience:
        return Audience.of(self.face)

    def may(self, permission: str) -> bool:
        return self.face is Face.SYSTEM or permission in self.grants

    def scope(self, permission: str) -> Scope | None:
        return Scope.ALL if self.face is Face.SYSTEM else self.grants.get(permission)


SYSTEM = Actor(face=Face.SYSTEM, user_id=None, name="Concord")
