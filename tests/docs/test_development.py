"""The documentation names files that are there, and its guide holds code that compiles."""

import ast
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.docs.reading import ROOT, blocks, commands, files_named, with_module

PAGES = (ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").rglob("*.md")))
# Where a page may say a path in short.
BASES = (ROOT, ROOT / "platform", ROOT / "platform/concord", ROOT / "platform/concord/templates")
CHECKS: dict[str, Callable[[str], object]] = {
    "python": ast.parse,
    "json": json.loads,
    "po": lambda text: read_po(text.splitlines(keepends=True), abort_invalid=True),
}
MADE_LATER = ("var/", "mail/", "static/build")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    written = {block.path for block in blocks()}
    for name in files_named(page):
        if name in written or name.startswith(MADE_LATER):
            continue
        assert any(list(base.glob(name)) for base in (*BASES, page.parent) if name[0] != "/"), name


def test_the_guide_compiles() -> None:
    assert {block.language for block in blocks()} == CHECKS.keys()
    for block in blocks():
        CHECKS[block.language](block.text)


def test_the_guide_makes_a_whole_module() -> None:
    made = [block.path for block in blocks()]
    assert len(made) == len(set(made))
    assert {"wsgi.py", "modules/visits/module.py", "tests/visits/test_visits.py"} <= set(made)
    for block in blocks():
        if block.language == "python" and block.path.startswith("modules/"):
            for node in ast.walk(ast.parse(block.text)):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("modules."):
                    imported = str(node.module).replace(".", "/")
                    assert {f"{imported}.py", f"{imported}/__init__.py"} & set(made), imported


def test_the_composition_root_takes_the_module() -> None:
    lines = next(block.text for block in blocks() if block.path == "wsgi.py")
    today = (ROOT / "wsgi.py").read_text(encoding="utf-8")
    changed = with_module(today, lines)
    ast.parse(changed)
    assert changed.index("import MODULE as VISITS") < changed.index("MODULES: tuple")
    assert lines.splitlines()[-1].replace(", VISITS", "") in today.replace(", VISITS", "")


def test_the_guides_commands_exist() -> None:
    for command in commands():
        program, what, *_rest = command.split()
        if program == "make":
            assert f"\n{what}:" in (ROOT / "Makefile").read_text(encoding="utf-8"), command
        else:
            assert (ROOT / program).exists(), command
