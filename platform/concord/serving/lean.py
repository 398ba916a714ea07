"""What a role does not need it does not load."""

import sys

CLIENTS = ("aiohttp", "requests", "websocket")


def load_sockets() -> None:
    """Load Flask-SocketIO without the HTTP clients that its libraries bring to be clients too.

    Where they are installed for something else, python-engineio loads them: 11 MB, and a sixth of
    the time until the first page. It takes their absence for granted otherwise.
    """
    absent = [name for name in CLIENTS if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
    try:
        import flask_socketio  # noqa: F401
    finally:
        for name in absent:
            del sys.modules[name]
