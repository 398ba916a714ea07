"""Conditions as SQL: every name from the declaration, every value bound."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select
from sqlalchemy.orm import Session

from concord import organisation
from concord.actors import Actor
from concord.api.fields import LARGEST_INTEGER
from concord.errors import Invalid
from concord.identity.models import User
from concord.lists import periods
from concord.lists.fields import Field, Fields
from concord.lists.kinds import Kind, operator_of
from concord.lists.tree import Condition, Group, Part
from concord.money import Money
from concord.records.access import visible_ids
from concord.records.models import Record

ME, MY_TEAM = "me", "my_team"
LARGEST_NUMBER = Decimal(2**63 - 1)
Sql = ColumnElement[bool]


@dataclass(slots=True)
class Ignored:
    """A condition that is not applied, and why. `path` leads to it in the tree."""

    path: tuple[int, ...]
    condition: Condition
    reason: str


@dataclass(slots=True)
class Reading:
    """One tree read for one actor. What is left out goes to `ignored`.

    A field that is not there (or not for this actor: nobody learns which) is left out in every
    reading but a `strict` one. A `forgiving` one leaves out nonsense too: a saved view still opens
    after a choice is gone. Else nonsense is Invalid.
    """

    session: Session
    actor: Actor
    fields: Fields
    strict: bool = False
    forgiving: bool = False
    ignored: list[Ignored] = field(default_factory=list)

    def sql(self, tree: Group) -> Sql | None:
        """The tree as SQL; None where nothing of it is left."""
        return self._part(tree, ())

    def _part(self, part: Part, path: tuple[int, ...]) -> Sql | None:
        if isinstance(part, Condition):
            return self._condition(part, path)
        parts = (self._part(inner, (*path, place)) for place, inner in enumerate(part.parts))
        found = [sql for sql in parts if sql is not None]
        if not found:
            return None
        return and_(*found) if part.joint == "all" else or_(*found)

    def _condition(self, condition: Condition, path: tuple[int, ...]) -> Sql | None:
        known = self.fields.get(condition.field)
        if known is None or not known.filterable:
            if self.strict:
                raise Invalid({condition.field: [_("There is no such filter.")]})
            reason = _("The field “%(name)s” is not there.", name=condition.field)
            self.ignored.append(Ignored(path, condition, reason))
            return None
        try:
            return self.compare(known, condition)
        except ValueError as error:
            if not self.forgiving:
                raise Invalid({condition.field: [str(error)]}) from None
            self.ignored.append(Ignored(path, condition, str(error)))
            return None

    def compare(self, known: Field, condition: Condition) -> Sql:
        """One condition as SQL; ValueError says what is wrong with it."""
        operator = operator_of(known.kind, condition.op)
        if operator is None:
            raise ValueError(_("This cannot be asked of “%(field)s”.", field=known.label))
        if not operator.least <= len(condition.values) <= operator.most:
            raise ValueError(_("Say what “%(field)s” is compared with.", field=known.label))
        column = known.expression(self.actor)
        if known.holding is not None:
            return _held(known, condition)
        if condition.op == "empty":
            return _empty(known, column)
        if condition.op == "filled":
            return not_(_empty(known, column))
        return COMPARERS[known.kind](self, known, column, condition)

    def text(self, known: Field, column: Any, asked: Condition) -> Sql:
        normalise = known.normalise or str.strip
        values = [normalise(value) for value in asked.values]
        inside = known.contains if known.contains is not None else column
        if asked.op in ("contains", "lacks"):
            found = _has(known, inside, values[0])
            return found if asked.op == "contains" else or_(column.is_(None), not_(found))
        if asked.op == "starts":
            begins: Sql = column.istartswith(asked.values[0].strip(), autoescape=True)
            return begins
        plain = [value.strip().lower() for value in asked.values]
        return _chosen(func.lower(column), asked.op, plain)

    def number(self, known: Field, column: Any, asked: Condition) -> Sql:
        return _measured(column, asked.op, [_number(value) for value in asked.values])

    def money(self, known: Field, column: Any, asked: Condition) -> Sql:
        currency = organisation.currency()
        values = [_minor(value, currency) for value in asked.values]
        compared = _measured(column, asked.op, values)
        if known.currency is None or asked.op == "is_not":
            return compared
        return and_(known.currency == currency, compared)

    def day(self, known: Field, column: Any, asked: Condition) -> Sql:
        return self._dated(column, asked, lambda day: day)

    def moment(self, known: Field, column: Any, asked: Condition) -> Sql:
        zone = self.actor.timezone
        return self._dated(column, asked, lambda day: periods.begin(day, zone))

    def choice(self, known: Field, column: Any, asked: Condition) -> Sql:
        offered = {value for value, _label in known.options}
        if unknown := [value for value in asked.values if value not in offered]:
            raise ValueError(_("“%(value)s” is not one of the choices.", value=unknown[0]))
        return _chosen(column, asked.op, list(asked.values))

    def person(self, known: Field, column: Any, asked: Condition) -> Sql:
        ids = [_identifier(value) for value in asked.values if value not in (ME, MY_TEAM)]
        ids += [self.actor.user_id or 0] if ME in asked.values else []
        if MY_TEAM not in asked.values:
            return _chosen(column, asked.op, ids)
        # A copy of the table: the list itself may be joined with the people.
        people = User.__table__.alias("colleagues")
        team = select(people.c.id).where(people.c.team_id.in_(self.actor.team_ids))
        theirs = or_(column.in_(team), column.in_(ids))
        return theirs if asked.op in ("is", "any_of") else or_(column.is_(None), not_(theirs))

    def team(self, known: Field, column: Any, asked: Condition) -> Sql:
        ids = [_identifier(value) for value in asked.values if value != MY_TEAM]
        ids += list(self.actor.team_ids) if MY_TEAM in asked.values else []
        return _chosen(column, "any_of" if asked.op in ("is", "any_of") else "none_of", ids)

    def record(self, known: Field, column: Any, asked: Condition) -> Sql:
        """By records that the actor may open: a list says nothing of the others."""
        ids = [_identifier(value) for value in asked.values]
        kinds = select(Record.id, Record.kind).where(Record.id.in_(ids))
        found = visible_ids(self.session, self.actor, dict(self.session.execute(kinds).all()))
        return _chosen(column, "any_of" if asked.op in ("is", "any_of") else "none_of", [*found])

    def truth(self, known: Field, column: Any, asked: Condition) -> Sql:
        if asked.values[0] not in ("true", "false"):
            raise ValueError(_("Choose yes or no."))
        found: Sql = column.is_(asked.values[0] == "true")
        return found

    def _dated(self, column: Any, asked: Condition, begin: Callable[[Any], Any]) -> Sql:
        zone, values = self.actor.timezone, asked.values
        try:
            if asked.op in ("last_days", "next_days", "days_ago"):
                return self._counted(column, asked.op, periods.days(values[0]), begin)
            spans = [periods.span(value, zone) for value in values]
            return _within(column, asked.op, [(begin(a), begin(b)) for a, b in spans])
        except OverflowError:
            raise ValueError(_("This is too far away.")) from None

    def _counted(self, column: Any, op: str, days: int, begin: Callable[[Any], Any]) -> Sql:
        zone = self.actor.timezone
        if op == "days_ago":
            first, _end = periods.around(zone, back=days)
            ago: Sql = column < begin(first)
            return ago
        back, ahead = (days, 0) if op == "last_days" else (0, days)
        first, end = periods.around(zone, back=back, ahead=ahead)
        return and_(column >= begin(first), column < begin(end))


COMPARERS: dict[Kind, Callable[[Reading, Field, Any, Condition], Sql]] = {
    Kind.TEXT: Reading.text,
    Kind.NUMBER: Reading.number,
    Kind.MONEY: Reading.money,
    Kind.DAY: Reading.day,
    Kind.MOMENT: Reading.moment,
    Kind.CHOICE: Reading.choice,
    Kind.PERSON: Reading.person,
    Kind.TEAM: Reading.team,
    Kind.RECORD: Reading.record,
    Kind.TRUTH: Reading.truth,
}


def _chosen(column: Any, op: str, values: Sequence[Any]) -> Sql:
    """Equality in any number. What is empty is not any of them, as people mean it."""
    if op in ("is", "any_of"):
        found: Sql = column.in_(values) if values else false()
        return found
    return or_(column.is_(None), column.not_in(values))


def _measured(column: Any, op: str, values: Sequence[Any]) -> Sql:
    comparisons: dict[str, Callable[[], Any]] = {
        "is": lambda: column == values[0],
        "is_not": lambda: or_(column.is_(None), column != values[0]),
        "over": lambda: column > values[0],
        "under": lambda: column < values[0],
        "between": lambda: column.between(*sorted(values)),
    }
    found: Sql = comparisons[op]()
    return found


def _within(column: Any, op: str, spans: Sequence[tuple[Any, Any]]) -> Sql:
    first, end = spans[0]
    if op == "before":
        return column < first  # type: ignore[no-any-return]
    if op == "after":
        return column >= end  # type: ignore[no-any-return]
    if op == "between":
        first, end = min(span[0] for span in spans), max(span[1] for span in spans)
    inside: Sql = and_(column >= first, column < end)
    return or_(column.is_(None), not_(inside)) if op == "is_not" else inside


def _held(known: Field, asked: Condition) -> Sql:
    """Of a field that holds many."""
    assert known.holding is not None
    if asked.op in ("empty", "filled"):
        anything = known.holding(())
        return anything if asked.op == "filled" else not_(anything)
    found = known.holding([_identifier(value) for value in asked.values])
    return found if asked.op == "any_of" else not_(found)


def _has(known: Field, column: Any, value: str) -> Sql:
    if known.contains is None:
        found: Sql = column.icontains(value, autoescape=True)
    else:
        found = column.contains(value, autoescape=True)
    return found


def _empty(known: Field, column: Any) -> Sql:
    missing: Sql = column.is_(None)
    return or_(missing, column == "") if known.kind is Kind.TEXT else missing


def _identifier(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text[:19]) <= LARGEST_INTEGER:
        raise ValueError(_("Choose one from the list."))
    return int(text[:19])


def _number(text: str) -> Decimal | int:
    try:
        number = Decimal(text.strip()) if len(text) <= 40 and text.isascii() else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or abs(number) > LARGEST_NUMBER:
        raise ValueError(_("Write a number."))
    return int(number) if number == number.to_integral_value() else number


def _minor(text: str, currency: str) -> int:
    try:
        return Money.parse(text.strip(), currency).amount_minor
    except ValueError:
        raise ValueError(_("Write an amount, as 1280000.00.")) from None
