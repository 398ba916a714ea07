"""Bundles static/src into static/build: hashed names, a manifest, icons, sizes in budget."""

import gzip
import hashlib
import json
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tooling.icons import sprite
from tooling.project import ROOT, shown

SOURCE = ROOT / "static" / "src"
TARGET = ROOT / "static" / "build"
STAGING = TARGET.with_suffix(".new")

# The oldest browsers with everything our CSS is written in, light-dark() being the youngest.
BROWSERS = "es2022,chrome123,firefox120,safari17.5"

# What one page may make a browser load before it works, gzipped, in bytes.
BUDGETS = {"app.js": 45_000, "app.css": 15_000}

Manifest = dict[str, str]


def main() -> None:
    shutil.rmtree(STAGING, ignore_errors=True)
    STAGING.mkdir(parents=True)
    outputs = bundle()
    manifest = names(outputs) | copies() | icons()
    (STAGING / "manifest.json").write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n")
    sizes = {name: eager_size(name, manifest, outputs) for name in BUDGETS if name in manifest}
    replace_target()
    report(sizes)


def bundle() -> dict[str, Any]:
    """Runs esbuild; answers what it says about each file it wrote, by name."""
    entries = [str(path) for path in entry_points()]
    if not entries:
        print(f"{shown(SOURCE)} holds no app.js or app.css yet.")
        return {}
    metafile = STAGING / "meta.json"
    done = subprocess.run(
        [
            esbuild(),
            *entries,
            "--bundle",
            "--minify",
            "--splitting",
            "--format=esm",
            f"--target={BROWSERS}",
            "--legal-comments=linked",
            "--entry-names=[name]-[hash]",
            "--chunk-names=chunk-[hash]",
            "--asset-names=[name]-[hash]",
            "--loader:.svg=file",
            "--loader:.woff2=file",
            f"--outdir={STAGING}",
            f"--metafile={metafile}",
            "--log-level=warning",
        ],
        cwd=ROOT,
        check=False,
    )
    if done.returncode != 0:
        sys.exit("The front end could not be bundled.")
    outputs = json.loads(metafile.read_text())["outputs"]
    metafile.unlink()
    return {Path(path).name: output for path, output in outputs.items()}


def entry_points() -> Iterator[Path]:
    eager = [SOURCE / "js" / "app.js", SOURCE / "css" / "app.css"]
    yield from (path for path in eager if path.exists())
    yield from sorted(SOURCE.glob("*/lazy/*.[jc]s*"))


def esbuild() -> Path:
    """The native program itself: it runs without node, and without npm's install scripts."""
    machine = {"x86_64": "x64", "AMD64": "x64", "aarch64": "arm64"}.get(
        platform.machine(), platform.machine()
    )
    package = f"{platform.system().lower()}-{machine}"
    program = ROOT / "node_modules" / "@esbuild" / package / "bin" / "esbuild"
    if not program.exists():
        sys.exit(f"There is no esbuild for {package}: run `make build`, which installs it.")
    return program


def names(outputs: dict[str, Any]) -> Manifest:
    """Each entry point's own name and the hashed one that was written for it."""
    return {
        public_name(Path(output["entryPoint"])): name
        for name, output in outputs.items()
        if "entryPoint" in output
    }


def public_name(entry: Path) -> str:
    return f"lazy/{entry.name}" if entry.parent.name == "lazy" else entry.name


def copies() -> Manifest:
    """Pictures and the like that pages name themselves, under their path in static/src."""
    if not SOURCE.is_dir():
        return {}
    code = {".js", ".css", ".txt", ".md"}
    paths = [path for path in SOURCE.rglob("*") if path.is_file() and path.suffix not in code]
    return {
        path.relative_to(SOURCE).as_posix(): write_hashed(path.name, path.read_bytes())
        for path in sorted(paths)
    }


def icons() -> Manifest:
    return {"icons.svg": write_hashed("icons.svg", sprite().encode())}


def write_hashed(name: str, content: bytes) -> str:
    stem, dot, suffix = name.partition(".")
    hashed = f"{stem}-{hashlib.sha256(content).hexdigest()[:8].upper()}{dot}{suffix}"
    (STAGING / hashed).write_bytes(content)
    return hashed


def eager_size(name: str, manifest: Manifest, outputs: dict[str, Any]) -> int:
    """Gzipped bytes of one entry point with every chunk it imports at once."""
    needed: list[str] = []
    waiting = [manifest[name]]
    while waiting:
        output = waiting.pop()
        if output not in needed:
            needed.append(output)
            waiting += [
                Path(imported["path"]).name
                for imported in outputs[output]["imports"]
                if imported["kind"] == "import-statement"
            ]
    return sum(len(gzip.compress((STAGING / output).read_bytes())) for output in needed)


def replace_target() -> None:
    """In two renames, so that a running server never meets half a build."""
    old = TARGET.with_suffix(".old")
    shutil.rmtree(old, ignore_errors=True)
    if TARGET.exists():
        TARGET.rename(old)
    STAGING.rename(TARGET)
    shutil.rmtree(old, ignore_errors=True)


def report(sizes: dict[str, int]) -> None:
    costs = [
        f"{name} {size / 1000:.1f} of {BUDGETS[name] // 1000} kB" for name, size in sizes.items()
    ]
    print(f"→ Front end built ({', '.join(costs) or 'nothing'}, gzipped)")
    heavy = [name for name, size in sizes.items() if size > BUDGETS[name]]
    if heavy:
        sys.exit(f"Over the budget: {', '.join(heavy)}.")


if __name__ == "__main__":
    main()
