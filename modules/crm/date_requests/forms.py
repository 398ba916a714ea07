"""Forms with lines: names like `lines.0.item`, as nested values for the schema and back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _
from marshmallow import RAISE, Schema, ValidationError

from concord.api.body import flat
from concord.errors import Invalid
from concord.web.forms import SENTENCES
from modules.crm.date_requests.actions import LineAnswer
from modules.crm.date_requests.models import DateRequest, DateRequestLine
from modules.crm.date_requests.schemas import MOST_LINES, AnswerLineIn, DateRequestIn

LINE_FIELD = re.compile(r"lines\.(\d{1,3})\.(item|quantity|wanted_on)")
FIELDS = ("company_id", "about_id", "title", "number", "note", "answer_by")
WANTED, OTHER = "wanted", "other"


def read_request() -> dict[str, Any]:
    """The form "Ask for a date". Lines left blank do not count."""
    sent: dict[str, Any] = {name: request.form.get(name) or None for name in FIELDS}
    lines = dict(sorted(_lines().items()))
    if not lines:
        raise Invalid({"lines.0.item": [_("Name at least one thing you need a date for.")]})
    try:
        return loaded(DateRequestIn(), {**sent, "lines": list(lines.values())})
    except Invalid as error:
        raise Invalid(_as_sent(error.errors, list(lines))) from None


def read_answers(found: DateRequest) -> list[LineAnswer]:
    """The supplier's form: for each line nothing, the wanted day, or another one with a reason.

    Raises Invalid naming the form's own fields (`date.<line id>`).
    """
    answers: list[LineAnswer] = []
    errors: dict[str, list[str]] = {}
    for line in found.lines:
        try:
            answers += _read_line(line)
        except Invalid as error:
            errors |= {f"{_name(key)}.{line.id}": said for key, said in error.errors.items()}
    if errors:
        raise Invalid(errors)
    return answers


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form held for one line: kept as it was where it comes back."""

    answer: str
    day: str
    reason: str
    remark: str


def read_typed(found: DateRequest) -> dict[int, Typed]:
    """By line id, what was chosen and written; lines left alone are not there."""
    form = request.form
    return {
        line.id: Typed(
            answer=form[f"answer.{line.id}"],
            day=_chosen_day(line),
            reason=form.get(f"reason.{line.id}", ""),
            remark=form.get(f"remark.{line.id}", ""),
        )
        for line in found.lines
        if form.get(f"answer.{line.id}") in (WANTED, OTHER)
    }


def named_as_sent(error: Invalid, answers: list[LineAnswer]) -> Invalid:
    """The action's `lines.<index>.<field>` under the names of the form."""
    errors = {}
    for key, said in error.errors.items():
        _lines, _dot, rest = key.partition(".")
        index, _dot, name = rest.partition(".")
        known = index.isdecimal() and int(index) < len(answers)
        errors[f"{_name(name)}.{answers[int(index)].line_id}" if known else key] = said
    return Invalid(errors)


def loaded(schema: Schema, sent: dict[str, Any]) -> dict[str, Any]:
    """`sent` by `schema`, with sentences for people under flat names."""
    try:
        values: dict[str, Any] = schema.load(sent, unknown=RAISE)
    except ValidationError as error:
        found = flat(error.messages_dict)
        raise Invalid(
            {name: [_(SENTENCES.get(text, text)) for text in said] for name, said in found.items()}
        ) from None
    return values


def _chosen_day(line: DateRequestLine) -> str:
    if request.form.get(f"answer.{line.id}") == WANTED:
        return line.wanted_on.isoformat()
    return request.form.get(f"date.{line.id}", "")


def _lines() -> dict[int, dict[str, str]]:
    lines: dict[int, dict[str, str]] = {}
    for name, value in request.form.items():
        if (matched := LINE_FIELD.fullmatch(name)) and value.strip():
            lines.setdefault(int(matched[1]), {})[matched[2]] = value.strip()
    return dict(list(lines.items())[: MOST_LINES + 1])


def _as_sent(errors: dict[str, list[str]], numbers: list[int]) -> dict[str, list[str]]:
    """Blank lines left out, the schema counts differently from the page."""

    def renamed(name: str) -> str:
        parts = name.split(".")
        if parts[0] == "lines" and len(parts) > 1 and parts[1].isdecimal():
            parts[1] = str(numbers[int(parts[1])])
        return ".".join(parts)

    return {renamed(name): said for name, said in errors.items()}


def _read_line(line: DateRequestLine) -> Iterator[LineAnswer]:
    form = request.form
    choice = form.get(f"answer.{line.id}")
    if choice not in (WANTED, OTHER):
        return
    own_day = choice == OTHER
    sent = {
        "line_id": line.id,
        "answered_on": form.get(f"date.{line.id}", "") if own_day else line.wanted_on.isoformat(),
        "reason": form.get(f"reason.{line.id}") if own_day else None,
        "remark": form.get(f"remark.{line.id}") if own_day else None,
    }
    yield LineAnswer(**loaded(AnswerLineIn(), sent))


def _name(field: str) -> str:
    return "date" if field == "answered_on" else field
