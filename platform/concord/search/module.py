"""What search adds to the platform: its pages, its jobs, the commands every installation has."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from concord.search.rebuilding import JOBS
from concord.search.routes import routes
from concord.slots import Command


def _theme(label: LazyString, icon: str, theme: str) -> Command:
    return Command(
        label=label,
        icon=icon,
        endpoint="identity.theme",
        permission=None,
        sends={"theme": theme},
        order=80,
    )


def _language(label: LazyString, language: str) -> Command:
    return Command(
        label=label,
        icon="languages",
        endpoint="identity.language",
        permission=None,
        sends={"language": language},
        order=85,
    )


COMMANDS = (
    _theme(_l("Dark appearance"), "moon", "dark"),
    _theme(_l("Light appearance"), "sun", "light"),
    _theme(_l("Appearance as the system"), "monitor", "system"),
    _language(_l("Switch to English"), "en"),
    _language(_l("Switch to Chinese"), "zh"),
    Command(
        label=_l("Notifications"),
        icon="bell",
        endpoint="notifications.index",
        permission=None,
        order=70,
    ),
)

__all__ = ["COMMANDS", "JOBS", "routes"]
