"""When the last whole backup was made: a line in the data folder, for whoever watches."""

from datetime import datetime
from pathlib import Path

import structlog

from concord.settings import Settings

FILE = "last-backup"

log = structlog.get_logger()


def note(settings: Settings, moment: datetime) -> None:
    """Written last of all. A backup is none the worse where it cannot be noted."""
    path = settings.data_dir / FILE
    written = path.with_suffix(".new")
    try:
        written.write_text(moment.isoformat() + "\n", encoding="ascii")
        written.replace(path)
    except OSError:
        log.warning("backup_not_noted", exc_info=True)


def latest(settings: Settings) -> datetime | None:
    return _read(settings.data_dir / FILE)


def _read(path: Path) -> datetime | None:
    try:
        return datetime.fromisoformat(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None
