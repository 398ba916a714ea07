"""A stale edit of a record's form: both values of each clashing field, to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema
from werkzeug.wrappers import Response

from concord.errors import Conflict, FieldConflict
from concord.facts.types import AnyFactType
from concord.nouns.showing import as_input, as_read
from concord.records.meanwhile import last_saver
from concord.records.models import Record
from concord.web import conflicts
from concord.web.request import session


def choose(
    record: Record, schema: Schema, error: Conflict, *, url: str, fact: AnyFactType
) -> Response:
    """Ask which values stay; `url` takes the choice as it takes the whole form.

    `fact` tells of changes: whoever did it last is named.
    """
    clashes = Clashes.of(schema, error)
    saver = last_saver(session(), record, [fact])
    return conflicts.choose(
        clashes.error,
        title=record.title,
        url=url,
        labels=clashes.labels,
        shown=clashes.shown,
        by=saver,
        at=saver.at if saver else None,
    )


@dataclass(frozen=True, slots=True)
class Clashes:
    """A conflict in the words of a form: its field names, its raw values, and how each is read."""

    error: Conflict
    labels: Mapping[str, str]
    readings: Mapping[tuple[str, Any], str]

    def shown(self, name: str, value: Any) -> str:
        return self.readings.get((name, value), str(value))

    @classmethod
    def of(cls, schema: Schema, error: Conflict) -> "Clashes":
        named = {field.attribute or name: name for name, field in schema.fields.items()}
        labels: dict[str, str] = {}
        readings: dict[tuple[str, Any], str] = {}
        found = []
        for clash in error.conflicts:
            name = named[clash.field]
            field = schema.fields[name]
            sides = (clash.original, clash.theirs, clash.mine)
            raw = ["" if side is None else str(as_input(field, side)) for side in sides]
            labels[name] = str(field.metadata["label"])
            readings |= {
                (name, text): as_read(field, side) for text, side in zip(raw, sides, strict=True)
            }
            found.append(FieldConflict(name, *raw))
        return cls(Conflict(found), labels, readings)
