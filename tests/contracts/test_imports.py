"""Imports run one way: wsgi → modules → concord; modules meet only at their api."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLATFORM = sorted((ROOT / "platform").rglob("*.py"))
MODULES = sorted((ROOT / "modules").rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """Pairs of module and name; the name is empty for `import module`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(path)}:{node.lineno}: write imports in full"
            yield from ((node.module or "", alias.name) for alias in node.names)


def roots(path: Path) -> set[str]:
    return {module.partition(".")[0] for module, _ in imported(path)}


def other_modules(path: Path) -> Iterator[tuple[str, str]]:
    """What a file imports of other modules: the module's name and the rest of the path."""
    here = path.relative_to(ROOT / "modules").parts[0]
    for module, name in imported(path):
        root, _, inside = f"{module}.{name}".strip(".").partition(".")
        owner, _, rest = inside.partition(".")
        if root == "modules" and owner != here:
            yield owner, rest


@pytest.mark.parametrize("path", PLATFORM, ids=named)
def test_the_platform_knows_no_module(path: Path) -> None:
    assert not roots(path) & {"modules", "wsgi", "tests"}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_modules_meet_only_at_their_api(path: Path) -> None:
    for owner, rest in other_modules(path):
        assert rest.partition(".")[0] == "api", f"reaches into modules.{owner}: {rest or 'all'}"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_nothing_in_the_product_imports_the_composition_root_or_a_test(path: Path) -> None:
    assert not roots(path) & {"wsgi", "tests"}


@pytest.mark.parametrize("path", [*PLATFORM, *MODULES], ids=named)
def test_tests_live_only_in_tests(path: Path) -> None:
    assert not path.name.startswith("test_")
    assert path.name != "conftest.py"
