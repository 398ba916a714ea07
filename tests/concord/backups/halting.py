"""Makes or restores a backup and halts in the middle: the test sees the file and kills it."""

import sys
import time
from pathlib import Path

from concord.app import create_app
from concord.backups import restoring, taking
from concord.installation import Installation, using
from tests.world import settings_for
from wsgi import MODULES

HOUR = 3600


def halt(*_: object) -> None:
    (FOLDER / "halted").touch()
    time.sleep(HOUR)


if __name__ == "__main__":
    verb, url = sys.argv[1], sys.argv[2]
    data_dir, FOLDER, place = (Path(word) for word in sys.argv[3:6])
    app = create_app(settings_for(data_dir, url), MODULES)
    installation: Installation = app.extensions["concord"]
    with app.app_context(), using(installation):
        if verb == "backup":
            taking._copied = halt  # type: ignore[assignment]
            taking.take(installation, place)
        else:
            restoring._bring_files = halt  # type: ignore[assignment]
            restoring.restore(installation, place)
