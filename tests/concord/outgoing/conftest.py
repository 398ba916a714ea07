"""A house that may ask the receiver on this machine, and a resolver that tests answer for."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from concord.installation import Installation, using
from tests.servers.receiver import Receiver, receiving
from tests.world import World

Resolve = Callable[[str, list[str]], list[str]]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def house(world: World) -> Iterator[Installation]:
    """It may ask nobody but the public."""
    with using(world.installation) as installation:
        yield installation


@pytest.fixture
def allowing(house: Installation) -> Callable[..., None]:
    """Sets CONCORD_OUTGOING_ALLOW."""

    def allow(*entries: str) -> None:
        house.settings = replace(house.settings, outgoing_allow=entries)

    return allow


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[list[str]]]:
    """By name, what the resolver answers the first time, the second, …; the last one stays."""
    answers: dict[str, list[list[str]]] = {}
    resolve = socket.getaddrinfo

    def answering(host: str, port: int, *arguments: Any, **options: Any) -> Any:
        if host not in answers:
            return resolve(host, port, *arguments, **options)
        turns = answers[host]
        addresses = turns.pop(0) if len(turns) > 1 else turns[0]
        return [_entry(address, port) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", answering)
    return answers


def _entry(address: str, port: int) -> tuple[Any, ...]:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return family, socket.SOCK_STREAM, 6, "", (address, port)
