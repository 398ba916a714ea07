"""A small client of Concord's REST API: one file to copy, over `requests` and `standardwebhooks`.

concord = Concord("https://crm.example.com", token)
for company in concord.all("companies", tier="gold", sort="-name"):
    print(company["name"])
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict, cast
from uuid import uuid4

import requests
from standardwebhooks.webhooks import Webhook

Kind = Literal["note", "call", "meeting", "email", "message"]
Audience = Literal["internal", "customer", "supplier"]
Row = dict[str, Any]

ATTEMPTS = 4
LONGEST_WAIT = 60.0


class Money(TypedDict):
    amount: str
    currency: str


class Actor(TypedDict):
    id: int | None
    name: str
    face: str
    company: str


class Entry(TypedDict):
    """One line of a timeline. `position` counts the caller's own stream of that record."""

    id: int
    position: int
    kind: str
    actor: Actor
    at: str
    audience: Audience
    sentence: str
    body: str
    record: Row


class Hit(TypedDict):
    record_id: int
    kind: str
    title: str
    snippet: str
    url: str


class Told(TypedDict):
    """What a webhook says; `data["fact"]` is what was recorded, a test has none."""

    id: str
    type: str
    timestamp: str
    data: Row


@dataclass
class Problem(Exception):
    """An answer of 400 or more, as RFC 9457 has it. `errors` are the sentences for each field."""

    status: int
    title: str
    detail: str = ""
    errors: Mapping[str, list[str]] = field(default_factory=dict)
    request_id: str = ""

    def __str__(self) -> str:
        return f"{self.status} {self.detail or self.title}"


@dataclass(frozen=True)
class Record:
    """A record and the version it was read at, for changes that overwrite nobody."""

    values: Row
    version: str


class Concord:
    """Asks for one person, within what the token allows."""

    def __init__(self, url: str, token: str, *, seconds: float = 30.0) -> None:
        self._base = f"{url.rstrip('/')}/api/v1"
        self._seconds = seconds
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {token}"

    def all(self, collection: str, *, limit: int = 200, **filters: object) -> Iterator[Row]:
        """Every record of a collection, page by page. A comparison is `due_at__gte="…"`."""
        query = {name.replace("__", "."): str(value) for name, value in filters.items()}
        yield from self._pages(f"/{collection}", {"limit": str(limit), **query})

    def one(self, collection: str, record_id: int) -> Record:
        return _record(self.send("GET", f"/{collection}/{record_id}"))

    def create(self, collection: str, values: Mapping[str, Any], *, key: str = "") -> Record:
        """Make a record. The same `key` within a day makes it once, however often this is called;
        one is made for the attempts of this call."""
        headers = {"Idempotency-Key": key or str(uuid4())}
        return _record(self.send("POST", f"/{collection}", json=values, headers=headers))

    def change(
        self, collection: str, record_id: int, values: Mapping[str, Any], version: str = ""
    ) -> Record:
        """Change fields. With the `version` that was read, a Problem of 412 if somebody else has
        changed the record since."""
        headers = {"If-Match": version} if version else {}
        path = f"/{collection}/{record_id}"
        return _record(self.send("PATCH", path, json=values, headers=headers))

    def archive(self, collection: str, record_id: int) -> None:
        self.send("DELETE", f"/{collection}/{record_id}")

    def post(
        self,
        record_id: int,
        body: str,
        *,
        kind: Kind = "note",
        audience: Audience = "internal",
        key: str = "",
        **more: object,
    ) -> Entry:
        """Write on a record's timeline; `mentions` and `files` are lists of ids."""
        sent = {"kind": kind, "body": body, "audience": audience, **more}
        headers = {"Idempotency-Key": key or str(uuid4())}
        answer = self.send("POST", f"/records/{record_id}/timeline", json=sent, headers=headers)
        return cast(Entry, answer.json())

    def timeline(self, record_id: int, after: int = 0) -> Iterator[Entry]:
        """What came after a position, oldest first: keep the last one's to go on from there."""
        while True:
            query = {"after": str(after), "limit": "100"}
            path = f"/records/{record_id}/timeline"
            page = self.send("GET", path, params=query).json()
            for entry in reversed(page["items"]):
                after = entry["position"]
                yield cast(Entry, entry)
            if page["next"] is None:
                return

    def upload(self, name: str, content: bytes) -> int:
        """A file to name in `post(files=[…])`; gives its id."""
        answer = self.send("POST", "/files", files={"file": (name, content)})
        return int(answer.json()["id"])

    def search(self, words: str, kinds: str = "") -> list[Hit]:
        query = {"q": words, **({"kinds": kinds} if kinds else {})}
        return cast(list[Hit], self.send("GET", "/search", params=query).json()["items"])

    def send(self, method: str, path: str, **options: Any) -> requests.Response:
        """One request under /api/v1; Problem for an answer of 400 or more.

        Waits and asks again where it is safe: when there were too many requests, and, for reading
        or with a key, when the server or the way to it failed.
        """
        is_safe = method in ("GET", "HEAD") or "Idempotency-Key" in options.get("headers", {})
        for attempt in range(1, ATTEMPTS + 1):
            is_last = attempt == ATTEMPTS
            try:
                answer = self._session.request(
                    method, self._base + path, timeout=self._seconds, **options
                )
            except (requests.ConnectionError, requests.Timeout):
                if is_last or not is_safe:
                    raise
                time.sleep(2.0**attempt / 4)
                continue
            if answer.status_code < 400:
                return answer
            if is_last or not (
                answer.status_code == 429 or (is_safe and answer.status_code == 503)
            ):
                raise _problem(answer)
            time.sleep(min(float(answer.headers.get("Retry-After", attempt)), LONGEST_WAIT))
        raise AssertionError("every attempt answers or raises")

    def _pages(self, path: str, query: dict[str, str]) -> Iterator[Row]:
        while True:
            page = self.send("GET", path, params=query).json()
            yield from page["items"]
            if page["next"] is None:
                return
            query["cursor"] = page["next"]


def told(secret: str, headers: Mapping[str, str], body: bytes) -> Told:
    """A webhook's message, once it is known to be from your Concord and not old; raises
    WebhookVerificationError of `standardwebhooks` else. Keep the ids you have taken: the same
    message may come twice."""
    return cast(Told, Webhook(secret).verify(body, dict(headers)))


def _record(answer: requests.Response) -> Record:
    return Record(answer.json(), answer.headers.get("ETag", ""))


def _problem(answer: requests.Response) -> Problem:
    try:
        said: Row = answer.json()
    except ValueError:
        said = {}
    return Problem(
        status=answer.status_code,
        title=str(said.get("title", answer.reason)),
        detail=str(said.get("detail", "")),
        errors=said.get("errors", {}),
        request_id=str(said.get("request_id", "")),
    )
