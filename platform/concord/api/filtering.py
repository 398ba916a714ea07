"""The query of a list: filters on declared columns, one sort, a limit, a cursor, a search."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, select
from werkzeug.datastructures import MultiDict

from concord.actors import Actor
from concord.api.collection import AnyCollection, Filter
from concord.api.fields import LARGEST_INTEGER
from concord.database.paging import LARGEST_LIMIT, LIMIT
from concord.errors import Invalid
from concord.records.models import Record
from concord.records.sorting import normalised
from concord.tags.models import Tag
from concord.tags.naming import key_of
from concord.tags.permissions import Tags
from concord.tags.queries import holding

OWN = frozenset({"limit", "cursor", "sort", "q"})
OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "": operator.eq, "gte": operator.ge, "gt": operator.gt, "lte": operator.le, "lt": operator.lt,
}  # fmt: skip
ORDERED = ("gte", "gt", "lte", "lt", "in")
# What a filter takes beside equality, by the type of its column.
COMPARISONS: dict[type, tuple[str, ...]] = {
    bool: (),
    date: ORDERED,
    datetime: ORDERED,
    int: ORDERED,
    str: (*ORDERED, "contains"),
}
MOST_FILTERS = 20
TAGGED = ("tag", "tag.in")
MOST_CHOICES = 100
LONGEST_VALUE = 200
LONGEST_NUMBER = 20


@dataclass(frozen=True, slots=True)
class Query:
    """What a caller asks of a list."""

    conditions: tuple[ColumnElement[bool], ...]
    order: tuple[Any, ...]
    limit: int = LIMIT
    cursor: str | None = None
    search: str | None = None


def read_query(collection: AnyCollection, actor: Actor, arguments: MultiDict[str, str]) -> Query:
    """The query in a list's address; Invalid names each part that is unknown or senseless."""
    given = single(arguments)
    filters = {name: value for name, value in given.items() if name not in OWN}
    if len(filters) > MOST_FILTERS:
        sentence = _("At most %(most)s filters at once.", most=MOST_FILTERS)
        raise Invalid({name: [sentence] for name in sorted(filters)[MOST_FILTERS:]})
    tagged = _tagged(collection, actor, filters)
    return Query(
        conditions=(*_conditions(collection.filters_for(actor), filters), *tagged),
        order=_order(collection, actor, given.get("sort")),
        limit=read_limit(given),
        cursor=given.get("cursor"),
        search=_search(collection, given.get("q")),
    )


def has_tags(collection: AnyCollection, actor: Actor) -> bool:
    """Whether this list can be narrowed by tags: records can, for staff."""
    return actor.staff and actor.may(Tags.TAG_READ) and issubclass(collection.model, Record)


def _tagged(
    collection: AnyCollection, actor: Actor, filters: dict[str, str]
) -> list[ColumnElement[bool]]:
    """`tag=` and `tag.in=` name tags, however they are written; taken out of `filters`."""
    if not has_tags(collection, actor):
        return []
    sent = [filters.pop(name) for name in TAGGED if name in filters]
    found = []
    for text in sent:
        names = [key_of(part) for part in text.split(",")]
        if len(text) > LONGEST_VALUE or len(names) > MOST_CHOICES:
            raise Invalid({"tag": [_("This is too long.")]})
        found.append(holding(select(Tag.id).where(Tag.key.in_(names))))
    return found


def single(arguments: MultiDict[str, str]) -> dict[str, str]:
    """Parameters by name; one given twice has no meaning and is refused."""
    twice = [name for name, values in arguments.lists() if len(values) > 1]
    if twice:
        raise Invalid({name: [_("This is given more than once.")] for name in twice})
    unreadable = [name for name, value in arguments.items() if "\x00" in name + value]
    if unreadable:
        sentence = _("The text holds a character that cannot be stored.")
        raise Invalid({name.replace("\x00", ""): [sentence] for name in unreadable})
    return dict(arguments.items())


def read_limit(given: Mapping[str, str], default: int = LIMIT) -> int:
    """How many are wanted: at least one, and never more than there are to have at once."""
    text = given.get("limit")
    if text is None:
        return default
    if not (text.isascii() and text.isdecimal()) or not text.strip("0"):
        raise Invalid({"limit": [_("Send a whole number from 1 up.")]})
    return min(int(text[:9]), LARGEST_LIMIT)


def read_position(given: Mapping[str, str], name: str) -> int | None:
    """A position in a stream or an inbox, from 0; None where none is given."""
    text = given.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal()) or len(text) > LONGEST_NUMBER:
        raise Invalid({name: [_("Send a position: a whole number from 0 up.")]})
    return min(int(text), LARGEST_INTEGER)


def _conditions(known: Mapping[str, Any], given: Mapping[str, str]) -> list[ColumnElement[bool]]:
    conditions, errors = [], {}
    for parameter, text in given.items():
        name, _dot, comparison = parameter.partition(".")
        try:
            conditions.append(_condition(known[name], comparison, text))
        except KeyError:
            errors[parameter] = [_("There is no such filter.")]
        except ValueError as error:
            errors[parameter] = [str(error)]
    if errors:
        raise Invalid(errors)
    return conditions


def _condition(declared: Any, comparison: str, text: str) -> ColumnElement[bool]:
    """One filter as SQL. KeyError: no such comparison; ValueError: no such value."""
    chosen = Filter.of(declared)
    if len(text) > LONGEST_VALUE * (MOST_CHOICES if comparison == "in" else 1):
        raise ValueError(_("This is too long."))
    kind = chosen.kind
    if comparison not in ("", *COMPARISONS[kind]):
        raise KeyError(comparison)
    if comparison == "contains":
        return _containing(chosen, text)
    if comparison == "" and text == "":
        return chosen.column.is_(None)  # type: ignore[no-any-return]
    if comparison == "in":
        choices = text.split(",")
        if len(choices) > MOST_CHOICES:
            raise ValueError(_("At most %(most)s values at once.", most=MOST_CHOICES))
        found: ColumnElement[bool] = chosen.column.in_([_value(kind, part) for part in choices])
        return found
    compared: ColumnElement[bool] = OPERATORS[comparison](chosen.column, _value(kind, text))
    return compared


def _containing(chosen: Filter, text: str) -> ColumnElement[bool]:
    """A part of a text. Titles are looked for where their sort keys stand: both engines agree."""
    if chosen.contains is None and _is_title(chosen.column):
        chosen = Filter(chosen.column, Record.sort_key, normalised)
    if chosen.contains is None:
        found: ColumnElement[bool] = chosen.column.icontains(text, autoescape=True)
    else:
        found = chosen.contains.contains(chosen.normalise(text), autoescape=True)
    return found


def _is_title(column: Any) -> bool:
    stored = getattr(getattr(column, "property", None), "columns", ())
    return any(part is Record.__table__.c.title for part in stored)


def _value(kind: type, text: str) -> Any:
    """A parameter as the column's type; ValueError says what it should have been."""
    read, expected = READERS[kind]
    try:
        return read(text)
    except (ValueError, KeyError, OverflowError):
        raise ValueError(str(expected)) from None


def _integer(text: str) -> int:
    number = int(text[:LONGEST_NUMBER])
    if len(text) > LONGEST_NUMBER or abs(number) > LARGEST_INTEGER:
        raise ValueError(text)
    return number


def _moment(text: str) -> datetime:
    # A plus sign in an address arrives as the space that it stands for.
    moment = datetime.fromisoformat(text.replace(" ", "+"))
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(UTC)


READERS: dict[type, tuple[Callable[[str], Any], LazyString]] = {
    bool: ({"true": True, "false": False}.__getitem__, _l("Send true or false.")),
    date: (date.fromisoformat, _l("Send a day as YYYY-MM-DD.")),
    datetime: (_moment, _l("Send a moment as 2026-11-22T08:30:00Z.")),
    int: (_integer, _l("Send a whole number.")),
    str: (str, _l("Send some text.")),
}


def _order(collection: AnyCollection, actor: Actor, sort: str | None) -> tuple[Any, ...]:
    """The columns of the order, the id last and in the same direction, for one index to serve."""
    sorts = collection.sorts_for(actor)
    identifier = collection.identifier
    if sort is None:
        return (*list(sorts.values())[:1], identifier)
    name = sort.removeprefix("-")
    if name not in sorts:
        raise Invalid({"sort": [_("There is no such order: %(name)s.", name=name[:LONGEST_VALUE])]})
    if sort.startswith("-"):
        return (sorts[name].desc(), identifier.desc())
    return (sorts[name], identifier)


def _search(collection: AnyCollection, text: str | None) -> str | None:
    if text is None or not text.strip():
        return None
    if collection.search is None:
        raise Invalid({"q": [_("This list cannot be searched.")]})
    if len(text) > LONGEST_VALUE:
        raise Invalid({"q": [_("This is too long.")]})
    return text.strip()
