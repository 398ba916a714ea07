"""A filter in words: each condition as field, operator and value, as its reader says them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.installation import current_installation
from concord.lists.cells import NAMED, Names, names_for
from concord.lists.conditions import ME, MY_TEAM, Ignored
from concord.lists.fields import Field, Fields
from concord.lists.kinds import Kind, operator_of
from concord.lists.periods import PERIODS
from concord.lists.tree import Group, Part
from concord.money import Money
from concord.web.formatting import money, number, short_date


@dataclass(slots=True)
class Said:
    """One condition. `ignored` says why it is not applied, where it is not."""

    path: str
    field: str
    op: str
    value: str
    ignored: str = ""


@dataclass(slots=True)
class SaidGroup:
    """Conditions joined by one word; a bracket where it stands inside another."""

    path: str
    joint: str
    parts: list["Said | SaidGroup"] = field(default_factory=list)
    bracket: bool = False


def said(
    session: Session, actor: Actor, fields: Fields, tree: Group, ignored: Iterable[Ignored]
) -> SaidGroup:
    """The whole filter in words."""
    reasons = {item.path: item.reason for item in ignored}
    return _Speaker(fields, _names(session, actor, fields, tree), reasons).group(tree, ())


def _names(session: Session, actor: Actor, fields: Fields, tree: Group) -> Names:
    """What the people, teams and records of the conditions are called."""
    known = [(fields.get(c.field), c) for c in tree.conditions()]
    wanted = [
        (f, [int(v) for v in c.values if _is_id(v)]) for f, c in known if f and f.kind in NAMED
    ]
    if not wanted:
        return Names()
    longest = max(len(ids) for _f, ids in wanted)
    rows = [[ids[n] if n < len(ids) else None for _f, ids in wanted] for n in range(longest)]
    return names_for(session, actor, [f for f, _ids in wanted], rows)


class _Speaker:
    def __init__(self, fields: Fields, names: Names, reasons: dict[tuple[int, ...], str]) -> None:
        self.fields, self.names, self.reasons = fields, names, reasons

    def group(self, tree: Group, path: tuple[int, ...]) -> SaidGroup:
        made = SaidGroup(_address(path), tree.joint, bracket=bool(path))
        for place, part in enumerate(tree.parts):
            made.parts.append(self._part(part, (*path, place)))
        return made

    def _part(self, part: Part, path: tuple[int, ...]) -> Said | SaidGroup:
        if isinstance(part, Group):
            return self.group(part, path)
        known, address = self.fields.get(part.field), _address(path)
        reason = self.reasons.get(path, "")
        operator = operator_of(known.kind, part.op) if known is not None else None
        if known is None or operator is None:
            return Said(address, part.field, "", "", reason or _("This is not applied."))
        value = _joined(operator.name, [self._value(known, part.op, v) for v in part.values])
        return Said(address, str(known.label), str(operator.label), value, reason)

    def _value(self, known: Field, op: str, value: str) -> str:
        if known.kind in NAMED:
            return self._named(known, value)
        if op in ("last_days", "next_days", "days_ago"):
            return _("%(number)s days", number=value)
        return said_value(known, value)

    def _named(self, known: Field, value: str) -> str:
        if value == ME:
            return _("me")
        if value == MY_TEAM:
            return _("my team")
        key = int(value) if _is_id(value) else 0
        if known.kind is Kind.RECORD:
            return self.names.records.get(key, ("", "…"))[1]
        if known.kind is Kind.TAGS:
            return self.names.tags.get(key, "…")
        people = self.names.people if known.kind is Kind.PERSON else self.names.teams
        return people.get(key, "…")


def said_value(known: Field, value: str) -> str:
    """A plain value of a condition."""
    if known.kind is Kind.CHOICE:
        return known.label_of(value)
    if known.kind is Kind.TRUTH:
        return _("yes") if value == "true" else _("no")
    if known.kind in (Kind.DAY, Kind.MOMENT):
        return _day(value)
    if known.kind is Kind.MONEY:
        return _money(value)
    if known.kind is Kind.NUMBER:
        return number(int(value)) if value.lstrip("-").isdecimal() and value.isascii() else value
    return value


def _day(value: str) -> str:
    if value in PERIODS:
        return str(PERIODS[value])
    try:
        return short_date(date.fromisoformat(value))
    except ValueError:
        return value


def _money(value: str) -> str:
    currency = current_installation().settings.currency
    try:
        return money(Money.parse(value, currency).decimal, currency)
    except ValueError:
        return value


def _joined(op: str, values: list[str]) -> str:
    if op == "between":
        return " – ".join(values)
    return _(", ").join(values)


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 19


def _address(path: tuple[int, ...]) -> str:
    return ".".join(map(str, path))
