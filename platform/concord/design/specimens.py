"""What the design page shows: one template for each component, and how the component is called."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TEMPLATES = Path(__file__).parents[1] / "templates"
FIRST = ("colours", "words")
HEADER = re.compile(r"\{#-?\s*(.*?)\s*-?#\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Specimen:
    """A component, the template that shows it, and its own words on how to call it."""

    name: str
    template: str
    usage: str


def specimens() -> Iterator[Specimen]:
    """Colours and words first, then the components by name."""
    names = {path.stem for path in (TEMPLATES / "design" / "specimens").glob("*.html")}
    for name in (*FIRST, *sorted(names.difference(FIRST))):
        yield Specimen(name, f"design/specimens/{name}.html", usage(name))


def usage(name: str) -> str:
    """The comment at the top of a component: how it is called."""
    source = TEMPLATES / "components" / f"{name}.html"
    found = HEADER.match(source.read_text(encoding="utf-8")) if source.exists() else None
    return found[1] if found else ""
