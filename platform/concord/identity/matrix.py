"""What a role may do, as a table to read, change and compare: permissions by scope, and fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from concord.actors import Face, Scope
from concord.identity import permission_words as words
from concord.identity.models import Role
from concord.identity.roles import ADMINISTRATOR, FIELD_GROUP
from concord.installation import Installation, current_installation

NONE = "none"
SCOPES = (NONE, *(scope.value for scope in Scope))
Grants = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One permission and how far it reaches; `choices` are the scopes it may have."""

    permission: str
    label: str
    scope: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The permissions on one noun."""

    part: str
    noun: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One permission or field group that would be another one."""

    where: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Rights:
    """What a role holds, or would hold: permission → scope, and its field groups."""

    grants: Grants
    field_groups: frozenset[str]

    @classmethod
    def of(cls, role: Role) -> "Rights":
        return cls(dict(role.grants), frozenset(role.field_groups))


def is_fixed(role: Role) -> bool:
    """Administrators hold everything: whoever could take from them could lock all out."""
    return role.key == ADMINISTRATOR


def sections(role: Role, rights: Rights) -> list[Section]:
    """Every permission that the role can have, by what it is about."""
    found: dict[tuple[str, str], list[Row]] = {}
    for permission in _permissions(role):
        row = Row(
            permission,
            words.verb(permission),
            rights.grants.get(permission, NONE),
            _choices(role, permission),
        )
        place = words.part(permission), words.noun(permission)
        found.setdefault(place, []).append(row)
    ordered = sorted(found.items(), key=lambda item: item[0][0])
    return [Section(*place, tuple(rows)) for place, rows in ordered]


def field_groups(role: Role) -> list[tuple[str, str]]:
    """The groups of fields that the role can be shown, with their words; none for outsiders."""
    if role.face != Face.STAFF.value:
        return []
    installation = current_installation()
    named = {
        group
        for module in installation.modules
        for groups in module.field_groups.values()
        for group in groups
    }
    return [(group, words.field_group(group)) for group in sorted(named)]


def differences(role: Role, wanted: Rights) -> list[Difference]:
    """What `wanted` would change of the role, in the order of the table."""
    held = Rights.of(role)
    found = [
        Difference(
            f"{section.part} · {section.noun}",
            row.label,
            held.grants.get(row.permission, NONE),
            row.scope,
        )
        for section in sections(role, wanted)
        for row in section.rows
        if row.scope != held.grants.get(row.permission, NONE)
    ]
    return [*found, *_of_fields(role, held, wanted)]


def asked(role: Role, sent: Mapping[str, str], groups: list[str]) -> Rights:
    """The rights that a form asks for; what it does not name, or may not, stays as it is."""
    grants = dict(role.grants)
    for permission in _permissions(role):
        scope = sent.get(permission)
        if scope not in _choices(role, permission):
            continue
        if scope == NONE:
            grants.pop(permission, None)
        else:
            grants[permission] = scope
    offered = {group for group, _label in field_groups(role)}
    kept = frozenset(role.field_groups) - offered
    return Rights(grants, kept | (offered & set(groups)))


def _of_fields(role: Role, held: Rights, wanted: Rights) -> Iterator[Difference]:
    for group, label in field_groups(role):
        before, after = group in held.field_groups, group in wanted.field_groups
        if before != after:
            yield Difference("", label, "shown" if before else NONE, "shown" if after else NONE)


def _permissions(role: Role) -> list[str]:
    """Staff can have what any of the staff's first roles has, outsiders what their role was given.

    A permission that only people outside ever have is never the staff's, and the reverse.
    """
    installation = current_installation()
    if role.face != Face.STAFF.value:
        known = {name for name in role.known if not name.startswith(FIELD_GROUP)}
        return [name for name in installation.permissions() if name in known]
    inside = _offered_to_administrators(installation) | role.grants.keys()
    return [str(name) for name in installation.permissions() if name in inside]


def _offered_to_administrators(installation: Installation) -> set[str]:
    return {
        str(name) for module in installation.modules for name in module.roles.get(ADMINISTRATOR, {})
    }


def _choices(role: Role, permission: str) -> tuple[str, ...]:
    """People outside have a permission as their portal needs it, or not at all."""
    if role.face == Face.STAFF.value:
        return SCOPES
    for module in current_installation().modules:
        if (scope := module.roles.get(role.key, {}).get(permission)) is not None:
            return (NONE, scope.value)
    return (NONE, str(role.grants.get(permission, Scope.OWN.value)))
