"""Prepares this folder with nothing but Python: environment, packages, node, npm's packages."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / ".venv"
MADE_IN = ENVIRONMENT / "made-in"  # names the folder, since an environment cannot be moved
OLDEST_NODE = 20


def main() -> None:
    match sys.argv[1:]:
        case ["run"]:
            prepare_environment()
            install_packages("concord", "Python packages")
            install_concord()
        case ["development"]:
            prepare_environment()
            install_packages("development", "what tests and checks need")
            install_concord()
        case ["front-end"]:
            install_front_end()
        case _:
            stop("Say what to set up: bin/set-up run, development or front-end.")


def prepare_environment() -> None:
    if environment_works():
        return
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        stop(
            "This Python cannot make an environment: install its venv module "
            "(on Debian and Ubuntu: apt install python3-venv) and try again."
        )
    say("Making the Python environment in .venv")
    try:
        ENVIRONMENT.mkdir(exist_ok=True)
    except OSError as error:
        stop(
            f"The folder {ROOT} cannot be written ({error.strerror}): move Concord to one that can."
        )
    run(
        [sys.executable, "-m", "venv", "--clear", ENVIRONMENT],
        failure="The Python environment could not be made.",
    )
    MADE_IN.write_text(f"{ROOT}\n")


def environment_works() -> bool:
    """False too for an environment that was moved here, or whose Python has gone or is too old."""
    question = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        made_here = MADE_IN.read_text().strip() == str(ROOT)
        asked = subprocess.run([python(), "-c", question], capture_output=True, check=False)
    except OSError:
        return False
    return made_here and asked.returncode == 0


def install_packages(lock: str, what: str) -> None:
    say(f"Installing {what} (the first time takes about a minute)")
    pip_install(
        "--require-hashes", "-r", ROOT / "requirements" / f"{lock}.txt",
        failure="The Python packages could not be installed: is the package index reachable?",
    )  # fmt: skip


def install_concord() -> None:
    pip_install(
        "--no-deps", "--no-index", "--no-build-isolation", "--editable", ROOT,
        failure="Concord could not be installed into its environment.",
    )  # fmt: skip


def pip_install(*arguments: str | Path, failure: str) -> None:
    run([python(), "-m", "pip", "install", "-qq", *arguments], failure=failure)


def install_front_end() -> None:
    if not suits(os.environ):
        say("Installing node (this machine has none that is new enough)")
        pip_install(
            "--require-hashes", "-r", ROOT / "requirements" / "node.txt",
            failure="node could not be installed: is the package index reachable?",
        )  # fmt: skip
    say("Installing front-end packages")
    environment = node_environment()
    run(
        [shutil.which("npm", path=environment["PATH"]) or "npm", "ci", "--ignore-scripts"],
        failure="The front-end packages could not be installed: is the npm registry reachable?",
        environment=environment,
    )


def node_environment() -> dict[str, str]:
    """This process's environment, whole (npm needs its proxies and certificates), plus our node."""
    environment = dict(os.environ)
    if not suits(environment):
        environment["PATH"] = f"{ENVIRONMENT / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    if not os.access(environment.get("HOME") or "/nowhere", os.W_OK):
        environment["npm_config_cache"] = str(ENVIRONMENT / "npm-cache")
    return environment


def suits(environment: Mapping[str, str]) -> bool:
    """Whether node and npm are on the path and new enough."""
    node = shutil.which("node", path=environment.get("PATH"))
    if not node or not shutil.which("npm", path=environment.get("PATH")):
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)\.", answer.stdout)
    return version is not None and int(version[1]) >= OLDEST_NODE


def run(
    command: list[str | Path], *, failure: str, environment: dict[str, str] | None = None
) -> None:
    """Quiet when all is well; otherwise what the tool said last, then one sentence."""
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        stop(f"{failure} ({error})")
    if done.returncode != 0:
        print("\n".join(done.stdout.splitlines()[-6:]), file=sys.stderr)
        stop(failure)


def python() -> Path:
    return ENVIRONMENT / "bin" / "python"


def say(sentence: str) -> None:
    print(f"→ {sentence}", flush=True)


def stop(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
