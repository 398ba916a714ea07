"""The icon sprite: of the icon set, the few that static/src/icons.txt names."""

import re
import sys

from tooling.project import ROOT, areas, files

LIST = ROOT / "static" / "src" / "icons.txt"
ICONS = ROOT / "node_modules" / "lucide-static" / "icons"

# {{ "bell"|icon }} in a template, icon="bell" in a template or in Python
NAMED = re.compile(r"""["']([a-z0-9-]+)["']\|icon\b|\bicon\s*=\s*["']([a-z0-9-]+)["']""")


def listed() -> list[str]:
    if not LIST.exists():
        return []
    lines = (line.partition("#")[0].strip() for line in LIST.read_text().splitlines())
    return sorted({line for line in lines if line})


def sprite() -> str:
    symbols = "".join(symbol(name) for name in listed())
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'


def symbol(name: str) -> str:
    path = ICONS / f"{name}.svg"
    if not path.exists():
        sys.exit(f"{LIST.name} names {name}, and the icon set has no such icon.")
    drawing = re.sub(r"<!--.*?-->", "", path.read_text(), flags=re.DOTALL)
    shapes = re.sub(r"\s*\n\s*", "", drawing[drawing.index(">", drawing.index("<svg")) + 1 :])
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="2" stroke-linecap="round" stroke-linejoin="round">'
        f"{shapes.removesuffix('</svg>')}</symbol>"
    )


def unlisted() -> list[str]:
    """Where an icon is named that the sprite will not have."""
    known = set(listed())
    return [
        f"{path.relative_to(ROOT)}:{number}: icon {name} is not in static/src/icons.txt"
        for area in areas()
        for path in files(".html", ".py", under=area)
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        for names in NAMED.findall(line)
        if (name := "".join(names)) not in known
    ]


if __name__ == "__main__":
    sys.exit("\n".join(unlisted()) or None)
