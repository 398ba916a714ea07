"""Saying in both languages which fields changed, for facts: their words are kept as of then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from concord.editing import Changed

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Wording:
    """A field's name inside a sentence; `choices` names its values.

    Where `quoted` is off a sentence names the field without its values: they are long, or private.
    """

    en: str
    zh: str
    quoted: bool = True
    choices: Mapping[Any, tuple[str, str]] = field(default_factory=dict)

    def value(self, value: Any, language: int) -> str:
        if value in (None, ""):
            return NOTHING
        if value in self.choices:
            return self.choices[value][language]
        return value.isoformat() if isinstance(value, date) else str(value)


def said(changed: Changed, words: Mapping[str, Wording]) -> tuple[str, str]:
    """The changed fields as parts of an English and of a Chinese sentence."""
    known = [(words[name], *values) for name, values in changed.items() if name in words]
    english = [_english(word, before, after) for word, before, after in known]
    chinese = [_chinese(word, before, after) for word, before, after in known]
    return _listed(english), "、".join(chinese)


def _english(word: Wording, before: Any, after: Any) -> str:
    values = f" ({word.value(before, 0)} → {word.value(after, 0)})" if word.quoted else ""
    return f"the {word.en}{values}"


def _chinese(word: Wording, before: Any, after: Any) -> str:
    values = f"（{word.value(before, 1)} → {word.value(after, 1)}）" if word.quoted else ""
    return f"{word.zh}{values}"


def _listed(parts: Iterable[str]) -> str:
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last
