"""Keeps the Chinese catalog of each area in step with what its code and templates say."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tooling.project import areas, shown

LANGUAGE = "zh"

KEYWORDS = {
    "_": None,
    "_l": None,
    "_n": (1, 2),
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

METHODS = [("**.py", "python"), ("**/templates/**", "jinja2")]
OPTIONS = {"**/templates/**": {"silent": "false", "newstyle_gettext": "true"}}

PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")


def main() -> None:
    match sys.argv[1:]:
        case ["extract"]:
            for area in areas():
                bring_in_step(area)
        case ["check"]:
            problems = [problem for area in areas() for problem in check(area)]
            print("\n".join(problems))
            if any(": obsolete: " not in problem for problem in problems):
                sys.exit(1)
        case ["compile", *paths]:
            for path in map(Path, paths) if paths else map(catalog_path, areas()):
                compile_catalog(path)
        case _:
            sys.exit("Say what to do: bin/translations extract, check or compile [catalog].")


def bring_in_step(area: Path) -> None:
    """Adds what is new with an empty translation; sets aside what nothing says any more."""
    said, catalog = extracted(area), read(area)
    for message in said:
        if message.id and find(catalog, message) is None:
            catalog.add(message.id, "", context=message.context)
    for message in unused(catalog, said):
        catalog.delete(message.id, message.context)
        catalog.obsolete[key(message)] = message
    path = catalog_path(area)
    if len(catalog) or path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=100, no_location=True)
        print(f"→ {shown(path)}: {len(catalog)} messages")


def check(area: Path) -> Iterator[str]:
    """One line for each thing that a Chinese reader would meet in English, or broken."""
    said, catalog, path = extracted(area), read(area), catalog_path(area)
    for message in said:
        if message.id:
            where = ":".join(str(part) for part in message.locations[0])
            for fault in faults(message, find(catalog, message)):
                yield f"{where}: {fault}: {shown_id(message)}"
    for text in repeated(path):
        yield f"{shown(path)}: translated twice: {text}"
    for message in unused(catalog, said):
        yield f"{shown(path)}: obsolete: {shown_id(message)}"


def compile_catalog(path: Path) -> None:
    if not path.exists():
        return
    with path.open("rb") as source:
        catalog = read_po(source, locale=LANGUAGE, abort_invalid=True)
    with path.with_suffix(".mo").open("wb") as target:
        write_mo(target, catalog)
    print(f"→ Compiled {path}")


def extracted(area: Path) -> Catalog:
    """Everything the area says, with the file and line of each message."""
    catalog = Catalog()
    found = extract_from_dir(area, METHODS, OPTIONS, KEYWORDS)
    for name, line, text, _comments, context in found:
        catalog.add(text, locations=[(shown(area / name), line)], context=context)
    return catalog


def read(area: Path) -> Catalog:
    path = catalog_path(area)
    if not path.exists():
        return Catalog(locale=LANGUAGE, project="Concord", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, abort_invalid=True)


def catalog_path(area: Path) -> Path:
    return area / "translations" / LANGUAGE / "LC_MESSAGES" / "messages.po"


def faults(message: Message, translation: Message | None) -> Iterator[str]:
    if translation is None:
        yield "not translated"
        return
    if translation.fuzzy:
        yield "translation marked fuzzy"
    for text in strings(translation):
        if not text:
            yield "translation empty"
        elif placeholders(text) != placeholders(ids(message)[-1]):
            yield "placeholders differ"
        elif not formats(text):
            yield "a % stands alone (write %%)"


def formats(text: str) -> bool:
    """Whether filling in the placeholders works; plain texts are never filled in."""
    values = dict.fromkeys(placeholders(text), 1)
    try:
        return not values or bool(text % values)
    except (KeyError, TypeError, ValueError):
        return False


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def unused(catalog: Catalog, said: Catalog) -> list[Message]:
    return [message for message in catalog if message.id and find(said, message) is None]


def find(catalog: Catalog, message: Message) -> Message | None:
    return catalog.get(message.id, message.context)


def repeated(path: Path) -> list[str]:
    """Messages that a catalog holds more than once: readers keep the last without a word."""
    if not path.exists():
        return []
    entry = re.compile(r'^(?:msgctxt (.+)\n)?msgid ((?:".*"\n)+)', re.MULTILINE)
    counted = Counter(
        (context, "".join(part[1:-1] for part in text.splitlines()))
        for context, text in entry.findall(path.read_text(encoding="utf-8"))
    )
    return [text for (_context, text), count in counted.items() if count > 1]


def ids(message: Message) -> tuple[str, ...]:
    """The singular, and the plural where there is one."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def strings(message: Message) -> tuple[str, ...]:
    text = message.string or ""
    return (text,) if isinstance(text, str) else tuple(text)


def key(message: Message) -> str:
    return ids(message)[0]


def shown_id(message: Message) -> str:
    return repr(ids(message)[0])


if __name__ == "__main__":
    main()
