"""What the story knows of a task, as data."""

from dataclasses import dataclass

Pair = tuple[str, str]
"""The same in English and in Chinese."""

NOTHING: Pair = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """Something `by` asks `to` to do about a record of the story.

    `made` and `done` are working days ago with a time; `due` counts working days from today, with
    a time where the hour matters. `key` names it in the story's records.
    """

    title: Pair
    by: str
    to: str
    made: tuple[int, str]
    about: str | None = None
    due: int | None = None
    hour: str | None = None
    priority: str = "normal"
    note: Pair = NOTHING
    done: tuple[int, str] | None = None
    key: str | None = None
    in_brief: bool = False
