"""A filter as data: conditions under "all" or "any", as JSON and as a short text for addresses.

The text reads `tier:any_of:gold,silver;(city:is:Suzhou|city:is:Wuxi)`: field, operator, values;
`;` is and, `|` is or. What these signs would mean inside a value is percent-encoded there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias
from urllib.parse import unquote

import orjson
from flask_babel import gettext as _

from concord.errors import Invalid
from concord.lists.kinds import MOST_VALUES

Joint = Literal["all", "any"]
DEEPEST = 3
MOST_CONDITIONS = 30
LONGEST_VALUE = 200
LONGEST_TEXT = 8000
SIGNS: dict[str, Joint] = {";": "all", "|": "any"}
RESERVED = re.compile(r"[%:;,()|]")
TOKEN = re.compile(r"[()]|[;|]|[^()|;]+")
NAME = re.compile(r"[a-z][a-z0-9_.]{0,79}")


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison. What its names and values mean is asked when it is used."""

    field: str
    op: str
    values: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"field": self.field, "op": self.op}
        if self.values:
            found["value"] = self.values[0] if len(self.values) == 1 else list(self.values)
        return found

    def as_text(self) -> str:
        values = ",".join(RESERVED.sub(_encoded, value) for value in self.values)
        return f"{self.field}:{self.op}" + (f":{values}" if self.values else "")


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions and groups of which all, or any, must hold."""

    joint: Joint = "all"
    parts: tuple["Part", ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)

    def conditions(self) -> Iterator[Condition]:
        for part in self.parts:
            if isinstance(part, Condition):
                yield part
            else:
                yield from part.conditions()

    def as_json(self) -> dict[str, Any]:
        return {self.joint: [part.as_json() for part in self.parts]}

    def as_text(self) -> str:
        sign = ";" if self.joint == "all" else "|"
        return sign.join(
            part.as_text() if isinstance(part, Condition) else f"({part.as_text()})"
            for part in self.parts
        )

    def put(self, path: Sequence[int], part: "Part | None") -> "Group":
        """This tree with another part at `path` (places from the top down), or without it.

        A place beyond the last adds. Groups that are left with nothing go, too.
        """
        place, *deeper = path
        parts = list(self.parts)
        if deeper:
            inner = parts[place] if place < len(parts) else None
            if not isinstance(inner, Group):
                raise Invalid({"filter": [_("There is no such condition.")]})
            changed = inner.put(deeper, part)
            part = changed if changed else None
        parts[place : place + 1] = [part] if part is not None else []
        return replace(self, parts=tuple(parts))

    def at(self, path: Sequence[int]) -> "Part":
        found: Part = self
        for place in path:
            if not isinstance(found, Group) or place >= len(found.parts):
                raise Invalid({"filter": [_("There is no such condition.")]})
            found = found.parts[place]
        return found


Part: TypeAlias = Condition | Group
NOTHING = Group()


def read(text: str) -> Group:
    """A filter as written in an address, in either form. Invalid where it is neither."""
    if len(text) > LONGEST_TEXT:
        raise _senseless(_("This filter is too long."))
    if not text.strip():
        return NOTHING
    if not text.lstrip().startswith("{"):
        return _checked(_Reader(text).whole())
    try:
        return from_json(orjson.loads(text))
    except orjson.JSONDecodeError:
        raise _senseless(_("This filter cannot be read.")) from None


def from_json(found: Any) -> Group:
    """A filter as a program sends it, or a saved view keeps it."""
    part = _part(found, 1)
    return _checked(part if isinstance(part, Group) else Group("all", (part,)))


def _part(found: Any, depth: int) -> Part:
    if not isinstance(found, Mapping):
        raise _senseless(_("A condition has a field, an op and a value."))
    for joint in SIGNS.values():
        if set(found) == {joint} and isinstance(found[joint], list):
            if depth > DEEPEST:
                raise _senseless(_("Filters nest at most %(most)s deep.", most=DEEPEST))
            return Group(joint, tuple(_part(part, depth + 1) for part in found[joint]))
    if not set(found) <= {"field", "op", "value"} or not {"field", "op"} <= set(found):
        raise _senseless(_("A condition has a field, an op and a value."))
    value = found.get("value")
    values = value if isinstance(value, list) else [] if value is None else [value]
    return Condition(_word(found["field"]), _word(found["op"]), tuple(_value(v) for v in values))


def _word(found: Any) -> str:
    if not isinstance(found, str) or NAME.fullmatch(found) is None:
        raise _senseless(_("A condition has a field, an op and a value."))
    return found


def _value(found: Any) -> str:
    if isinstance(found, bool):
        return str(found).lower()
    if not isinstance(found, str | int | float):
        raise _senseless(_("A value is text, a number, true or false, or a list of these."))
    return str(found)


def _checked(group: Group) -> Group:
    conditions = list(group.conditions())
    if len(conditions) > MOST_CONDITIONS:
        raise _senseless(_("At most %(most)s conditions at once.", most=MOST_CONDITIONS))
    for condition in conditions:
        if len(condition.values) > MOST_VALUES:
            raise _senseless(_("At most %(most)s values at once.", most=MOST_VALUES))
        if any(len(value) > LONGEST_VALUE for value in condition.values):
            raise _senseless(_("This is too long."))
        if any("\x00" in value for value in condition.values):
            raise _senseless(_("The text holds a character that cannot be stored."))
    return group


class _Reader:
    """The short text, sign by sign."""

    def __init__(self, text: str) -> None:
        self.tokens = TOKEN.findall(text)
        self.place = 0

    def whole(self) -> Group:
        group = self._group(1)
        if self.place < len(self.tokens):
            raise _senseless(_("This filter cannot be read."))
        return group

    def _group(self, depth: int) -> Group:
        if depth > DEEPEST:
            raise _senseless(_("Filters nest at most %(most)s deep.", most=DEEPEST))
        parts, signs = [self._one(depth)], set()
        while self._peek() in SIGNS:
            signs.add(self._take())
            parts.append(self._one(depth))
        if len(signs) > 1:
            raise _senseless(_("Put “and” and “or” into brackets of their own."))
        return Group(SIGNS[signs.pop()] if signs else "all", tuple(parts))

    def _one(self, depth: int) -> Part:
        token = self._take()
        if token == "(":
            inner = self._group(depth + 1)
            if self._take() != ")":
                raise _senseless(_("This filter cannot be read."))
            return inner
        name, _colon, rest = token.partition(":")
        op, colon, values = rest.partition(":")
        found = tuple(unquote(value) for value in values.split(",")) if colon else ()
        return Condition(_word(name), _word(op), found)

    def _peek(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def _take(self) -> str:
        token = self._peek()
        self.place += 1
        return token


def _encoded(found: re.Match[str]) -> str:
    return f"%{ord(found.group()):02X}"


def _senseless(sentence: str) -> Invalid:
    return Invalid({"filter": [sentence]})
