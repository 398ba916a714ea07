"""The columns of records as the lists and forms of their kind know them: what they are called, and
how their values are read. The audit keeps what is stored."""

from concord.actors import SYSTEM
from concord.lists.fields import Field
from concord.lists.kinds import Kind
from concord.lists.registry import every_list
from concord.lists.sentences import said_value

READ = (Kind.CHOICE, Kind.DAY)


def columns_of(kind: str) -> dict[str, Field]:
    """By their names in the audit. Money is left out: it is stored in minor units."""
    found: dict[str, Field] = {}
    for listed in (each for each in every_list() if each.kind == kind):
        form = listed.form(SYSTEM).fields if listed.form is not None else {}
        for name, part in form.items():
            look = part.metadata
            if "label" in look:
                options = tuple(option for option in look.get("options") or () if option[0])
                found[name] = Field(
                    name=name, label=look["label"], kind=Kind.CHOICE, options=options
                )
        for known in listed.fields:
            column = getattr(known.column, "key", None)
            if column is not None and known.kind is not Kind.MONEY:
                found[column] = known
    return found


def said(known: Field, stored: str) -> str:
    """A choice or a day as people read it, anything else as it is stored."""
    return said_value(known, stored) if known.kind in READ else stored
