"""Kinds of fields, and in which words each can be compared."""

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_pgettext as pgettext


class Kind(StrEnum):
    """What a field holds; decides how it is compared, shown and edited."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    MOMENT = "moment"
    CHOICE = "choice"
    PERSON = "person"
    TEAM = "team"
    RECORD = "record"
    TRUTH = "truth"
    TAGS = "tags"


@dataclass(frozen=True, slots=True)
class Operator:
    """A comparison: `least` to `most` values stand behind it."""

    name: str
    label: LazyString
    least: int = 1
    most: int = 1


MOST_VALUES = 100

IS = Operator("is", pgettext("operator", "is"))
IS_NOT = Operator("is_not", pgettext("operator", "is not"))
ANY_OF = Operator("any_of", pgettext("operator", "is any of"), 1, MOST_VALUES)
NONE_OF = Operator("none_of", pgettext("operator", "is none of"), 1, MOST_VALUES)
EMPTY = Operator("empty", pgettext("operator", "is empty"), 0, 0)
FILLED = Operator("filled", pgettext("operator", "is not empty"), 0, 0)
CONTAINS = Operator("contains", pgettext("operator", "contains"))
LACKS = Operator("lacks", pgettext("operator", "does not contain"))
STARTS = Operator("starts", pgettext("operator", "starts with"))
OVER = Operator("over", pgettext("operator", "over"))
UNDER = Operator("under", pgettext("operator", "under"))
BETWEEN = Operator("between", pgettext("operator", "between"), 2, 2)
BEFORE = Operator("before", pgettext("operator", "before"))
AFTER = Operator("after", pgettext("operator", "after"))
LAST_DAYS = Operator("last_days", pgettext("operator", "in the last"))
NEXT_DAYS = Operator("next_days", pgettext("operator", "in the next"))
DAYS_AGO = Operator("days_ago", pgettext("operator", "longer ago than"))

_NUMBERS = (IS, IS_NOT, OVER, UNDER, BETWEEN, EMPTY, FILLED)
_DAYS = (IS, IS_NOT, BEFORE, AFTER, BETWEEN, LAST_DAYS, NEXT_DAYS, DAYS_AGO, EMPTY, FILLED)
_CHOSEN = (IS, IS_NOT, ANY_OF, NONE_OF, EMPTY, FILLED)

OPERATORS: dict[Kind, tuple[Operator, ...]] = {
    Kind.TEXT: (CONTAINS, LACKS, STARTS, IS, IS_NOT, ANY_OF, EMPTY, FILLED),
    Kind.NUMBER: _NUMBERS,
    Kind.MONEY: _NUMBERS,
    Kind.DAY: _DAYS,
    Kind.MOMENT: _DAYS,
    Kind.CHOICE: _CHOSEN,
    Kind.PERSON: _CHOSEN,
    Kind.TEAM: _CHOSEN,
    Kind.RECORD: _CHOSEN,
    Kind.TRUTH: (IS,),
    Kind.TAGS: (ANY_OF, NONE_OF, EMPTY, FILLED),
}


def operator_of(kind: Kind, name: str) -> Operator | None:
    return next((operator for operator in OPERATORS[kind] if operator.name == name), None)
