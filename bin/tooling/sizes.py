"""No source file is longer than two people can hold in their heads."""

import sys

from tooling.project import files, shown

LONGEST = 400


def main() -> None:
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in files(".py", ".pyi", ".js", ".css", ".html")
    }
    long = [f"{shown(path)}: {n} lines" for path, n in lengths.items() if n > LONGEST]
    print("\n".join(long))
    sys.exit(bool(long))


if __name__ == "__main__":
    main()
