"""The story's texts in both languages, with days that move along and people who are mentioned.

`{day+13}` is the day thirteen working days from today; `{weekday-2}`, `{month+30}` and
`{quarter+30}` name the weekday, month and quarter of such a day; `{@maya}` mentions a colleague.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from concord.demo.days import said, working_day

PLACEHOLDER = re.compile(r"\{(?:(day|weekday|month|quarter)([+-]\d+)|@(\w+))\}")


@dataclass(frozen=True, slots=True)
class Words:
    """One text. With one language empty it is said in the other one, in every world."""

    en: str = ""
    zh: str = ""

    def language(self, wanted: str) -> str:
        """The language in which it is said where `wanted` is the world's."""
        if wanted == "zh":
            return "zh" if self.zh else "en"
        return "en" if self.en else "zh"

    def text(self, wanted: str) -> str:
        return self.zh if self.language(wanted) == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text as somebody says it, and the keys of the colleagues it mentions."""

    text: str
    mentioned: tuple[str, ...]


def spoken(words: Words, wanted: str, today: date, name_of: Callable[[str], str]) -> Spoken:
    """Fill in the days as of `today`, and the names of the people mentioned."""
    language = words.language(wanted)
    mentioned: list[str] = []

    def fill(found: re.Match[str]) -> str:
        form, distance, person = found.groups()
        if person:
            mentioned.append(person)
            return f"@{name_of(person)}"
        return said(form, working_day(today, int(distance)), language)

    return Spoken(PLACEHOLDER.sub(fill, words.text(wanted)), tuple(dict.fromkeys(mentioned)))
