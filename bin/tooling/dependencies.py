"""Every dependency is declared, explained and locked with hashes, and no lock names a host."""

import ast
import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from tooling.project import ROOT, files, shown

REQUIREMENTS = ROOT / "requirements"
EXPLAINED = ROOT / "docs" / "dependencies.md"

OURS = {"concord", "docs", "modules", "tests", "tooling", "wsgi"}


def main() -> None:
    problems = [*unexplained(), *undeclared(), *badly_locked()]
    print("\n".join(problems))
    sys.exit(bool(problems))


def unexplained() -> Iterator[str]:
    """The table in docs/dependencies.md and what is declared name the same packages."""
    declared = {name for path in REQUIREMENTS.glob("*.in") for name in requirements(path)}
    declared |= set(npm_packages())
    rows = re.findall(r"^\| `([^`]+)` \|", EXPLAINED.read_text(), flags=re.MULTILINE)
    explained = {normal(name) for name in rows}
    for name in sorted(declared - explained):
        yield f"{shown(EXPLAINED)}: has no line for {name}"
    for name in sorted(explained - declared):
        yield f"{shown(EXPLAINED)}: explains {name}, which nothing declares"


def undeclared() -> Iterator[str]:
    """What our code imports is what we declare, not something that came along."""
    running = requirements(REQUIREMENTS / "concord.in")
    anywhere = running | requirements(REQUIREMENTS / "development.in") | {"setuptools"}
    distributions = packages_distributions()
    for path in files(".py"):
        allowed = running if path.is_relative_to(ROOT / "platform") else anywhere
        for name in sorted(imported(path) - sys.stdlib_module_names - OURS):
            if not allowed & {normal(each) for each in distributions.get(name, ())}:
                yield f"{shown(path)}: imports {name}, which no requirements/*.in declares"


def badly_locked() -> Iterator[str]:
    for path in REQUIREMENTS.glob("*.txt"):
        text = path.read_text()
        if re.search(r"://|^--(?:index|extra-index|find-links)|^-f ", text, flags=re.MULTILINE):
            yield f"{shown(path)}: names an index or an address"
        # A package may stand there twice: one release for each range of Python versions.
        locked = [normal(name) for name in re.findall(r"^([\w.-]+)==", text, flags=re.MULTILINE)]
        for name in sorted(requirements(path.with_suffix(".in")) - set(locked)):
            yield f"{shown(path)}: does not lock {name}: run bin/lock"
        if len(re.findall(r"^\S+==\S+.*\\\n\s+--hash=", text, flags=re.MULTILINE)) != len(locked):
            yield f"{shown(path)}: locks something without a hash"
    if '"resolved"' in (ROOT / "package-lock.json").read_text():
        yield "package-lock.json: names a registry"


def requirements(path: Path) -> set[str]:
    lines = [line.partition("#")[0].strip() for line in path.read_text().splitlines()]
    names = (re.match(r"[\w.-]+", line) for line in lines if not line.startswith("-r "))
    included = (path.with_name(line[3:]) for line in lines if line.startswith("-r "))
    own = {normal(name[0]) for name in names if name}
    return own.union(*(requirements(other) for other in included))


def npm_packages() -> Iterator[str]:
    package = json.loads((ROOT / "package.json").read_text())
    yield from map(normal, package["dependencies"] | package["devDependencies"])


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(), str(path))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(str(node.module).partition(".")[0])
    return names


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main()
