"""The page of attack cases is true: each case once, and tests that name it where the page says."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.docs.reading import ROOT

PAGE = (ROOT / "docs" / "security-cases.md").read_text(encoding="utf-8")
GROUPS = {"A": 16, "B": 19, "C": 11, "D": 8, "E": 8, "F": 8, "G": 6, "H": 11, "R": 34}
CASES = [f"{group}{number:02}" for group, last in GROUPS.items() for number in range(1, last + 1)]
ROWS = re.findall(r"^\| ([A-HR]\d\d) \| [^|]+ \| ([^|]+) \|$", PAGE, re.MULTILINE)
WITHOUT_MALICE = re.findall(r"^\| [^|]+ \| `([\w/.]+)::(\w+)` \|$", PAGE, re.MULTILINE)
# What the product has no part for, and what nobody has tried yet.
WITHOUT_TEST = {"B13", "C03", "D07", "F03", "F04", "F08", "H05", "H06",
                "R15", "R17", "R18", "R25"}  # fmt: skip


def files_in(text: str) -> list[str]:
    return re.findall(r"`([^`]+\.py)`", text)


def named_in(path: Path) -> set[str]:
    """The cases that docstrings of a file name: its own, or those of its tests."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tests = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    said = [ast.get_docstring(node) or "" for node in tests if node.name.startswith("test_")]
    return set(re.findall(r"\b[A-HR]\d\d\b", " ".join([ast.get_docstring(tree) or "", *said])))


def test_every_case_is_on_the_page_once() -> None:
    assert Counter(case for case, _where in ROWS) == Counter(CASES)


@pytest.mark.parametrize(("case", "where"), ROWS, ids=[case for case, _where in ROWS])
def test_a_test_names_the_case_where_the_page_says(case: str, where: str) -> None:
    files = files_in(where)
    assert bool(files) is (case not in WITHOUT_TEST), where
    for name in files:
        assert case in named_in(ROOT / name), name


def test_what_goes_wrong_without_malice_has_its_test() -> None:
    assert len(WITHOUT_MALICE) == 9
    for name, test in WITHOUT_MALICE:
        assert f"\ndef {test}(" in (ROOT / name).read_text(encoding="utf-8"), test
