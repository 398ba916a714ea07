"""Where things are in this repository."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

ELSEWHERE = {".git", ".venv", "node_modules", "__pycache__", "var", "dist"}


def files(*suffixes: str, under: Path = ROOT) -> Iterator[Path]:
    """Our own files that end so, without what is built or fetched."""
    for path in sorted(under.iterdir()):
        if path.is_dir() and path.name not in ELSEWHERE and path != ROOT / "static" / "build":
            yield from files(*suffixes, under=path)
        elif path.suffix in suffixes:
            yield path


def areas() -> list[Path]:
    """The folders that carry their own templates and translations: the platform and each module."""
    modules = sorted(path.parent for path in (ROOT / "modules").glob("*/__init__.py"))
    return [ROOT / "platform" / "concord", *modules]


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))
