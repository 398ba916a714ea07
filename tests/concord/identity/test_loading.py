"""What few people need is not in the memory of every process that serves pages."""

import subprocess
import sys

HEAVY = ("webauthn", "authlib", "joserfc", "segno", "cryptography")


def test_serving_loads_no_library_of_the_doors() -> None:
    """Passkeys, providers and squares to scan are loaded by the first who uses them."""
    question = (
        "import sys, tempfile\n"
        "from pathlib import Path\n"
        "from concord.app import create_app\n"
        "from concord.settings import Settings\n"
        "from wsgi import MODULES\n"
        "folder = Path(tempfile.mkdtemp())\n"
        "url = f'sqlite:///{folder}/x.db'\n"
        "create_app(Settings(data_dir=folder, secret_key='x' * 40, database_url=url), MODULES)\n"
        f"print(sorted(set({HEAVY!r}) & sys.modules.keys()))"
    )
    paths = {"PYTHONPATH": "platform:."}
    done = subprocess.run(
        [sys.executable, "-c", question], capture_output=True, text=True, env=paths, cwd="."
    )
    assert done.stdout.endswith("[]\n"), (done.stdout, done.stderr)
