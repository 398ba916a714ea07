"""What the documentation names and shows: files, and the blocks that its guide has one write."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "development.md"

# The last path of a paragraph that ends in a colon names the file of the block below it.
BLOCK = re.compile(r"`([\w./-]+)`:\n\n```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`([\w.*-]+(?:/[\w.*-]+)*/?)`|\]\(([^)#:]+)(?:#[\w-]*)?\)")
ENDINGS = (".py", ".html", ".md", ".js", ".css", ".txt", ".json", ".po", ".png", ".toml", ".cfg")


@dataclass(frozen=True)
class Block:
    """A file that the guide shows whole; of `wsgi.py` two lines to change."""

    path: str
    language: str
    text: str


def blocks() -> list[Block]:
    return [Block(*found) for found in BLOCK.findall(GUIDE.read_text(encoding="utf-8"))]


def commands() -> list[str]:
    """What the guide has one type, in order."""
    found = COMMANDS.findall(GUIDE.read_text(encoding="utf-8"))
    return [line for block in found for line in block.splitlines()]


def files_named(page: Path) -> Iterator[str]:
    """Paths in backticks that hold a slash, and the targets of links."""
    for quoted, linked in NAMED.findall(page.read_text(encoding="utf-8")):
        if linked or quoted.endswith("/") or ("/" in quoted and quoted.endswith(ENDINGS)):
            yield linked or quoted


def apply(root: Path) -> None:
    """Do in `root` what the guide says, up to its commands."""
    for block in blocks():
        target = root / block.path
        if block.path == "wsgi.py":
            target.write_text(with_module(target.read_text("utf-8"), block.text), "utf-8")
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.text, encoding="utf-8")


def with_module(root: str, lines: str) -> str:
    """The composition root with the guide's import below the others and its list of modules."""
    imported, named = (line for line in lines.splitlines() if line)
    below = root.rindex("\nfrom modules.") + 1
    end = root.index("\n", below) + 1
    return re.sub(r"^MODULES: .*$", named, f"{root[:end]}{imported}\n{root[end:]}", flags=re.M)
