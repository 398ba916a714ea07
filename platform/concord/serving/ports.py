"""Whether the address that we are to serve is free, asked before anything else is begun."""

import errno
import socket

from concord.settings import Settings


class AddressTaken(Exception):
    """Somebody else serves there; the message is a sentence."""


class AddressUnknown(Exception):
    """This machine has no such address; the message is a sentence."""


def check_address(settings: Settings) -> None:
    """Raise AddressTaken or AddressUnknown, or return."""
    host, port = settings.host, settings.port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family):
            return
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise AddressTaken(
                f"Port {port} on {host} is in use: stop what runs there, or set CONCORD_PORT."
            ) from None
        raise AddressUnknown(f"Nothing can be served at {host}:{port}: {error.strerror}.") from None
