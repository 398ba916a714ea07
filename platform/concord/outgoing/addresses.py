"""Which addresses this program asks: public ones, and those that its operator allows by name."""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from concord.installation import current_installation
from concord.outgoing.errors import Refused, TooSlow, Unreachable
from concord.settings import Settings

Address = IPv4Address | IPv6Address

DEFAULT_PORTS = {"http": 80, "https": 443}

# IPv4 inside IPv6, for networks that translate.
TRANSLATED = IPv6Network("64:ff9b::/96")

# Local, although Python calls them global: a network's own translation, and the sites of old.
LOCAL = (IPv6Network("64:ff9b:1::/48"), IPv6Network("fec0::/10"))

# Where clouds answer with the machine's own credentials, besides the link-local addresses.
METADATA = frozenset(map(ip_address, ("100.100.100.200", "192.0.0.192", "fd00:ec2::254")))


@dataclass(frozen=True, slots=True)
class Target:
    """A URL taken apart once: what is checked here is what is connected and asked."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def is_secure(self) -> bool:
        return self.scheme == "https"


def target(url: str) -> Target:
    """Raises Refused unless it is an address of http or https without a name or password in it."""
    if any(character <= " " or character in "\\\x7f" for character in url):
        raise Refused("the address has blanks, control characters or backslashes")
    try:
        parts = parse_url(url)
    except LocationParseError:
        raise Refused("the address cannot be read") from None
    host = (parts.host or "").strip("[]").rstrip(".").lower()
    if parts.scheme not in DEFAULT_PORTS or not host:
        raise Refused("only addresses of http and https are asked")
    if parts.auth is not None:
        raise Refused("an address holds no name and no password")
    port = DEFAULT_PORTS[parts.scheme] if parts.port is None else parts.port
    if port == 0:
        raise Refused("there is no port 0")
    return Target(parts.scheme, host, port, parts.request_uri)


def checked(where: Target, ends: float) -> list[str]:
    """The addresses of a target, looked up once; one that may not be asked refuses them all.

    `ends` is a time of `monotonic()`. Raises Refused, Unreachable or TooSlow.
    """
    settings = current_installation().settings
    if _is_this_program(where, settings):
        raise Refused("this program does not ask itself")
    found = list(dict.fromkeys(str(entry[4][0]) for entry in _looked_up(where, ends)))
    for text in found:
        if not _may_be_asked(where, ip_address(text), settings):
            raise Refused(f"{text} is not a public address")
    if not found:
        raise Unreachable("the name has no address")
    return found


def is_public(address: Address) -> bool:
    """Whether anybody on the internet can reach it; IPv4 inside IPv6 is asked by what it means."""
    inner = _unwrapped(address)
    if any(inner in network for network in LOCAL) or inner.is_multicast or inner.is_reserved:
        return False
    return inner.is_global and inner not in METADATA


def _may_be_asked(where: Target, address: Address, settings: Settings) -> bool:
    inner = _unwrapped(address)
    if inner.is_link_local or inner.is_unspecified or inner in METADATA:
        return False
    return is_public(address) or _is_allowed(where, inner, settings)


def _unwrapped(address: Address) -> Address:
    if isinstance(address, IPv4Address):
        return address
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _is_this_program(where: Target, settings: Settings) -> bool:
    own = urlsplit(settings.base_url)
    if where.host == own.hostname and where.port == (own.port or DEFAULT_PORTS[own.scheme]):
        return True
    return where.host in settings.hosts and not _is_allowed(where, None, settings)


def _is_allowed(where: Target, address: Address | None, settings: Settings) -> bool:
    return any(_allows(entry, where, address) for entry in settings.outgoing_allow)


def _allows(entry: str, where: Target, address: Address | None) -> bool:
    """Whether an entry of CONCORD_OUTGOING_ALLOW, a network or a host[:port], means this target."""
    if "/" in entry:
        network = ip_network(entry, strict=False)
        return (address or _as_address(where.host)) in network
    named = urlsplit(f"//{entry}")
    if named.port not in (None, where.port):
        return False
    return named.hostname == where.host or (address and str(address)) == named.hostname


def _as_address(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _looked_up(where: Target, ends: float) -> list[Any]:
    """What the resolver says, in time: it cannot be interrupted, so another thread waits for it."""
    answers: SimpleQueue[list[Any] | Exception] = SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(socket.getaddrinfo(where.host, where.port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    Thread(target=look_up, name="look-up", daemon=True).start()
    try:
        found = answers.get(timeout=max(ends - monotonic(), 0.001))
    except Empty:
        raise TooSlow("the name was not looked up in time") from None
    if isinstance(found, Exception):
        raise Unreachable("the name is unknown")
    return found
