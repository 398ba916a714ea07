"""The one client for every request that leaves this program."""

import ssl
from collections.abc import Mapping
from http.client import HTTPException, HTTPResponse, LineTooLong
from time import monotonic

from concord.outgoing.addresses import checked, target
from concord.outgoing.answers import Answer
from concord.outgoing.connection import Connection
from concord.outgoing.errors import TooLarge, TooSlow, Unreachable

LONGEST = 10.0
MOST = 100_000

# A compressed answer could be a bomb; a connection is used once.
OURS = {"User-Agent": "Concord", "Accept-Encoding": "identity", "Connection": "close"}


def send(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    seconds: float = LONGEST,
    most: int = MOST,
) -> Answer:
    """One request to a public address, and its whole answer of at most `most` bytes.

    `seconds` are for everything together, ten at the most. Any status is an answer; redirects are
    not followed. Raises Refused, Unreachable, TooSlow or TooLarge (`concord.outgoing.errors`).
    """
    ends = monotonic() + min(seconds, LONGEST)
    where = target(url)
    connection = Connection(where, checked(where, ends), ends=ends, most=most)
    try:
        connection.request(method, where.path, body or None, {**OURS, **(headers or {})})
        with connection.getresponse() as response:
            return _read(response, most)
    except TimeoutError:
        raise TooSlow("no complete answer in time") from None
    except LineTooLong:
        raise TooLarge("a header is too long") from None
    except ssl.SSLError as error:
        raise Unreachable(f"no secure connection: {error.reason}") from None
    except (OSError, HTTPException) as error:
        if type(error) is HTTPException:  # http.client's way to say so
            raise TooLarge("there are too many headers") from None
        raise Unreachable(f"no answer: {type(error).__name__}") from None
    finally:
        connection.close()


def _read(response: HTTPResponse, most: int) -> Answer:
    headers: dict[str, str] = {}
    for name, value in response.getheaders():
        known = headers.get(name.lower())
        headers[name.lower()] = value if known is None else f"{known}, {value}"
    body = response.read(most + 1)
    if len(body) > most:
        beginning = Answer(response.status, headers, body[:most])
        raise TooLarge(f"the answer is longer than {most} bytes", beginning)
    if response.length:
        raise Unreachable("the answer was cut off")
    return Answer(response.status, headers, body)
