"""Everything that `make check` asks of the code: all of it runs, and the end names what failed."""

import subprocess
import sys
import time
from dataclasses import dataclass

from tooling.project import ROOT


@dataclass(frozen=True)
class Check:
    title: str
    command: tuple[str, ...]

    def passes(self) -> bool:
        """Runs it; one line when it holds, its own words when it does not."""
        begun = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", *self.command],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        verdict = "✗" if done.returncode else "✓"
        print(f"{verdict} {self.title} ({time.monotonic() - begun:.1f} s)", flush=True)
        if done.returncode:
            print(done.stdout.strip("\n"), flush=True)
        return done.returncode == 0


CHECKS = (
    Check("formatting", ("ruff", "format", "--check", "--quiet", "--diff")),
    Check("lint", ("ruff", "check", "--quiet")),
    Check("types", ("mypy", "--no-error-summary")),
    Check("import directions", ("pytest", "-q", "tests/contracts/test_imports.py")),
    Check("the platform folder", ("pytest", "-q", "tests/contracts/test_platform_folder.py")),
    Check("translations complete", ("tooling.translations", "check")),
    Check("dependencies explained and locked", ("tooling.dependencies",)),
    Check("no file too long", ("tooling.sizes",)),
    Check("icons listed", ("tooling.icons",)),
    Check("front end within budget", ("tooling.build_static",)),
)


def main() -> None:
    failed = [check.title for check in CHECKS if not check.passes()]
    if failed:
        sys.exit(f"\n{len(failed)} of {len(CHECKS)} checks failed: {', '.join(failed)}.")
    print(f"\nAll {len(CHECKS)} checks hold.")


if __name__ == "__main__":
    main()
