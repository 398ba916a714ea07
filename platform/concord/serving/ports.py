"""Whether the address that we are to serve is free, asked before anything else is begun."""

import errno
import socket

from concord.settings import Settings

THIS_MACHINE = "127.0.0.1"


class AddressTaken(Exception):
    """Somebody else serves there; the message is a sentence."""


class AddressUnknown(Exception):
    """This machine has no such address; the message is a sentence."""


def check_address(settings: Settings) -> None:
    """Raise AddressTaken or AddressUnknown, or return."""
    _check(settings.host, settings.port, "CONCORD_PORT")
    check_listener(settings)


def check_listener(settings: Settings) -> None:
    """The same for the door of those who watch, which a worker has too."""
    if settings.metrics_port:
        _check(THIS_MACHINE, settings.metrics_port, "CONCORD_METRICS_PORT")


def _check(host: str, port: int, setting: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family):
            return
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise AddressTaken(
                f"Port {port} on {host} is in use: stop what runs there, or set {setting}."
            ) from None
        raise AddressUnknown(f"Nothing can be served at {host}:{port}: {error.strerror}.") from None
