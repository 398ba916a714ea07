"""A list as a sheet: heads in the reader's language, rows of typed values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.identity.models import Team, User
from concord.installation import current_installation
from concord.lists.fields import Field
from concord.lists.kinds import Kind
from concord.lists.types import ListType
from concord.money import Money
from concord.records.access import visible_ids
from concord.records.models import Record
from concord.tags.queries import chips_of

BATCH = 500
Values = list[Any]


@dataclass(frozen=True, slots=True)
class Words:
    """What a sheet says in its reader's language; kept for the job that writes it elsewhere."""

    heads: Mapping[str, list[str]]
    choices: Mapping[str, Mapping[str, str]]
    truths: Sequence[str]

    @classmethod
    def of(cls, fields: Sequence[Field]) -> "Words":
        heads = {field.name: [str(field.label)] for field in fields}
        for field in fields:
            if field.kind is Kind.MONEY:
                heads[field.name].append(_("%(field)s, currency", field=field.label))
        choices = {f.name: {v: str(label) for v, label in f.options} for f in fields if f.options}
        return cls(heads, choices, [_("No"), _("Yes")])


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is exported. `query` selects nothing yet; `fields` are the columns in their order."""

    list_type: ListType
    actor: Actor
    fields: Sequence[Field]
    query: Select[Any]
    order: Sequence[Any]
    words: Words

    @property
    def heads(self) -> list[str]:
        return [head for field in self.fields for head in self.words.heads[field.name]]

    @property
    def groups(self) -> list[str]:
        """The field groups of what is shown."""
        return sorted({field.field_group for field in self.fields if field.field_group})

    def rows(self, session: Session) -> Iterator[Values]:
        """One after the other, some hundred in memory at a time."""
        people = _names(session, User)
        teams = _names(session, Team)
        query = self._selected().order_by(*self.order)
        found = session.execute(query.execution_options(yield_per=BATCH))
        for part in found.partitions(BATCH):
            titles = self._titles(session, part)
            for row in part:
                yield self._values(row, people, teams, titles)

    def _selected(self) -> Select[Any]:
        columns: list[Any] = [Record.id.label("record_id")]
        for n, field in enumerate(self.fields):
            columns.append(field.expression(self.actor).label(f"value_{n}"))
            if field.currency is not None:
                columns.append(field.currency.label(f"currency_{n}"))
        return self.query.with_only_columns(*columns, maintain_column_froms=True)

    def _titles(self, session: Session, part: Sequence[Row[Any]]) -> dict[int, str]:
        """The names of other records, as far as the reader may open those."""
        places = [n for n, field in enumerate(self.fields) if field.kind is Kind.RECORD]
        wanted = {getattr(row, f"value_{n}") for row in part for n in places} - {None}
        if not wanted:
            return {}
        there = select(Record.id, Record.kind, Record.title).where(Record.id.in_(wanted))
        rows = session.execute(there).all()
        seen = visible_ids(session, self.actor, {row.id: row.kind for row in rows})
        return {row.id: row.title for row in rows if row.id in seen}

    def _values(
        self, row: Row[Any], people: dict[int, str], teams: dict[int, str], titles: dict[int, str]
    ) -> Values:
        names = {Kind.PERSON: people, Kind.TEAM: teams, Kind.RECORD: titles}
        found: Values = []
        for n, field in enumerate(self.fields):
            value = getattr(row, f"value_{n}")
            if field.kind is Kind.MONEY:
                currency = getattr(row, f"currency_{n}", None)
                currency = currency or current_installation().settings.currency
                found += (
                    [None, None] if value is None else [Money(value, currency).decimal, currency]
                )
            elif field.kind in names:
                found.append(names[field.kind].get(value))
            else:
                found.append(self._typed(field, value))
        return found

    def _typed(self, field: Field, value: Any) -> Any:
        if value is None:
            return None
        if field.kind is Kind.CHOICE:
            return self.words.choices.get(field.name, {}).get(value, value)
        if field.kind is Kind.TRUTH:
            return self.words.truths[bool(value)]
        if field.kind is Kind.TAGS:
            return ", ".join(tag.name for tag in chips_of(value))
        if isinstance(value, datetime):
            return value.astimezone(ZoneInfo(self.actor.timezone)).replace(tzinfo=None)
        return value


def _names(session: Session, model: type[User] | type[Team]) -> dict[int, str]:
    return dict(session.execute(select(model.id, model.name)).all())
