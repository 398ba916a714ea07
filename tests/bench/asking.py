"""The questions of each operation, by people who are signed in and programs with a token."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, LiteralString
from urllib.parse import quote

import orjson
import psycopg
import requests

from concord.identity.sessions import COOKIE
from concord.search.names import spoken
from tests.bench.shape import CROWDED
from tests.bench.words import bodies

STEP, DEEP = 200, 500 * 50
SAMPLED = 200
EACH = 10
MORE = re.compile(r"cursor=([A-Za-z0-9_-]+)")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One person: the cookie of a browser and the token of a program."""

    user_id: int
    cookie: str
    token: str

    def reads(self, path: str, *, fragment: bool = False) -> bytes:
        return self._asks("GET", path, f"Cookie: {COOKIE}={self.cookie}", fragment=fragment)

    def calls(self, path: str, content: Any = None) -> bytes:
        body = orjson.dumps(content) if content is not None else b""
        method = "POST" if body else "GET"
        return self._asks(method, path, f"Authorization: Bearer {self.token}", body=body)

    def _asks(
        self, method: str, path: str, who: str, *, body: bytes = b"", fragment: bool = False
    ) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", who]
        lines += ["HX-Request: true"] if fragment else []
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"] if body else []
        return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


class Asking:
    """Questions by name, as `operations` asks for them, and the parameters of bare statements."""

    def __init__(
        self, connection: psycopg.Connection[Any], people: Sequence[SignedIn], url: str
    ) -> None:
        self._connection, self._people, self._url = connection, people, url
        self._who = people[0]
        luck = random.Random(17)
        count = self._one("SELECT count(*) FROM crm_companies")
        self._ids = [1 + int(count * luck.random() ** 2) for _ in range(SAMPLED)]
        self._typed = self._queries()

    def questions(self, name: str) -> list[bytes]:
        found: list[bytes] = getattr(self, name)()
        return found

    def parameters(self, name: str) -> list[Any]:
        """For the bare statement of an operation."""
        match name:
            case "page_500":
                query = "SELECT sort_key, id FROM concord_records WHERE kind = 'company'"
                query += " ORDER BY sort_key, id OFFSET %s LIMIT 1"
                row = self._connection.execute(query, [self._deep() - 1]).fetchone()
                return [row]
            case "queries":
                return [[f"'{''.join(t.split())}':*"] for t in self._typed]
            case "customers":
                return [[record_id] for record_id in self._ids]
            case "crowded":
                return [[CROWDED]]
            case "notes":
                texts = bodies(SAMPLED, seed=18)
                return [{"place": n, "body": t} for n, t in zip(self._ids, texts, strict=True)]
            case _:
                return [[]]

    def list_json(self) -> list[bytes]:
        return [self._who.calls("/api/v1/companies?is_customer=true&sort=name&limit=50")]

    def list_page(self) -> list[bytes]:
        return [self._who.reads("/customers")]

    def deep_json(self) -> list[bytes]:
        first = "/api/v1/companies?is_customer=true&sort=name"
        headers = {"Authorization": f"Bearer {self._who.token}"}
        cursor = ""
        with requests.Session() as session:
            for _ in range(self._deep() // STEP):
                path = f"{self._url}{first}&limit={STEP}{cursor}"
                cursor = "&cursor=" + session.get(path, headers=headers, timeout=30).json()["next"]
        return [self._who.calls(f"{first}&limit=50{cursor}")]

    def deep_page(self) -> list[bytes]:
        cookies, cursor = {COOKIE: self._who.cookie}, ""
        with requests.Session() as session:
            for _ in range(self._deep() // STEP):
                path = f"{self._url}/customers?limit={STEP}{cursor}"
                text = session.get(path, cookies=cookies, timeout=30).text
                cursor = "&cursor=" + MORE.findall(unescape(text))[-1]
        return [self._who.reads(f"/customers?limit=50{cursor}")]

    def search_json(self) -> list[bytes]:
        return [self._who.calls(f"/api/v1/search?q={quote(text)}") for text in self._typed]

    def palette(self) -> list[bytes]:
        """By many people, as each may type only so fast."""
        return [
            person.reads(f"/search/palette?q={quote(text)}", fragment=True)
            for person in self._people
            for text in self._typed
        ]

    def narrowed_json(self) -> list[bytes]:
        path = "/api/v1/companies?is_customer=true&sort=name&limit=50&q="
        return [self._who.calls(path + quote(text)) for text in self._typed]

    def narrowed_page(self) -> list[bytes]:
        return [
            self._who.reads(f"/customers?q={quote(text)}", fragment=True) for text in self._typed
        ]

    def record_json(self) -> list[bytes]:
        return [self._who.calls(f"/api/v1/companies/{record_id}") for record_id in self._ids]

    def record_page(self) -> list[bytes]:
        return [self._who.reads(f"/customers/{record_id}") for record_id in self._ids]

    def entries_json(self) -> list[bytes]:
        return [self._who.calls(f"/api/v1/records/{CROWDED}/timeline?limit=20")]

    def entries_page(self) -> list[bytes]:
        return [self._who.reads(f"/records/{CROWDED}/timeline", fragment=True)]

    def post_json(self) -> list[bytes]:
        texts = bodies(SAMPLED, seed=19)
        return [self.note(n, text) for n, text in zip(self._ids, texts, strict=True)]

    def note(self, record_id: int, text: str) -> bytes:
        """Somebody else than who looks on writes it."""
        content = {"kind": "note", "body": text}
        return self._people[1].calls(f"/api/v1/records/{record_id}/timeline", content)

    def _deep(self) -> int:
        """How many stand before page 500, or the middle of a smaller house."""
        count = self._one("SELECT count(*) FROM concord_parties WHERE is_customer")
        return min(DEEP, count // 2) // STEP * STEP

    def _queries(self) -> list[str]:
        """Part of a name, two Chinese characters, pinyin, and the end of a phone number."""
        query = "SELECT r.title, c.phone FROM concord_records r JOIN crm_companies c USING (id)"
        drawn = f"{query} WHERE id %% 2 = %s AND id <= 100000 ORDER BY md5(id::text) LIMIT %s"
        latin, han = (self._connection.execute(drawn, [odd, 2 * EACH]).fetchall() for odd in (1, 0))
        typed = [title.split()[0].lower()[:5] for title, _phone in latin[:EACH]]
        typed += [title[:2] for title, _phone in han[:EACH]]
        typed += [spoken(title[:4]) for title, _phone in han[EACH:]]
        return typed + ["".join(phone.split())[-7:] for _title, phone in latin[EACH:]]

    def _one(self, query: LiteralString) -> int:
        row = self._connection.execute(query).fetchone()
        assert row is not None
        return int(row[0])
