"""What the columns of records are called, and their choices, as the lists and forms of their kind
say it: the audit keeps what is stored."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from concord.actors import SYSTEM
from concord.lists.kinds import Kind
from concord.lists.registry import every_list
from concord.web import formatting


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    kind: Kind = Kind.TEXT
    choices: Mapping[Any, str] = field(default_factory=dict)

    def value(self, stored: Any) -> Any:
        """As people read it; what is neither a choice nor a day stays as it is stored."""
        if not isinstance(stored, str):
            return stored
        if self.kind is Kind.DAY:
            with suppress(ValueError):  # what has been erased is no day any more
                return formatting.short_date(date.fromisoformat(stored))
        return self.choices.get(stored, stored)


def columns_of(kind: str) -> dict[str, Column]:
    """By their names in the audit. Money is left out: it is stored in minor units."""
    found: dict[str, Column] = {}
    for listed in (each for each in every_list() if each.kind == kind):
        form = listed.form(SYSTEM).fields if listed.form is not None else {}
        for name, part in form.items():
            if "label" in part.metadata:
                found[name] = Column(str(part.metadata["label"]), choices=_choices(part.metadata))
        for known in listed.fields:
            column = getattr(known.column, "key", None)
            if column is not None and known.kind is not Kind.MONEY:
                choices = {value: str(label) for value, label in known.options}
                found[column] = Column(str(known.label), known.kind, choices)
    return found


def _choices(look: Mapping[str, Any]) -> dict[str, str]:
    return {value: str(label) for value, label in look.get("options") or () if value}
