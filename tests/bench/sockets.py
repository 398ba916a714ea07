"""Thousands of browsers' sockets in one process, and how long after a note each of them is rung.

Reads what to do as lines of JSON, answers each with one. It speaks WebSocket and Socket.IO on plain
asyncio protocols: a client library would cost more than the server that is measured.
"""

import asyncio
import json
import statistics
import sys
import time
from typing import Any

import socketio

UPGRADE = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: {origin}\r\nCookie: {cookie}\r\n\r\n"
)
AT_ONCE = 20
PATIENCE = 60.0
BETWEEN = 0.01


class Browser(asyncio.Protocol):
    """One socket: signs in by cookie, subscribes to a topic, and hears."""

    def __init__(self, upgrade: str, topic: str) -> None:
        self.upgrade, self.topic = upgrade, topic
        self.received = bytearray()
        self.upgraded = False
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.rung: asyncio.Future[tuple[float, Any]] | None = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.upgrade.encode())

    def data_received(self, data: bytes) -> None:
        self.received += data
        if not self.upgraded:
            head = self.received.find(b"\r\n\r\n")
            if head < 0:
                return
            if b" 101 " not in self.received[:head]:
                self.ready.set_exception(ConnectionError(bytes(self.received[:80]).decode()))
            del self.received[: head + 4]
            self.upgraded = True
        while (text := self._frame()) is not None:
            self._hear(text)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.ready.done():
            self.ready.set_exception(ConnectionError("closed before it was open"))

    def subscribe(self, topic: str) -> None:
        self.topic, self.ready = topic, asyncio.get_running_loop().create_future()
        self.say("420" + json.dumps(["subscribe", {"topics": [topic]}]))

    def listen(self) -> "asyncio.Future[tuple[float, Any]]":
        """When the topic is next rung, and with what."""
        self.rung = asyncio.get_running_loop().create_future()
        return self.rung

    def say(self, text: str) -> None:
        content = text.encode()
        length = (
            bytes([0x80 | len(content)])
            if len(content) < 126
            else b"\xfe" + len(content).to_bytes(2, "big")
        )
        self.transport.write(b"\x81" + length + b"\0\0\0\0" + content)

    def _frame(self) -> str | None:
        """The next whole message, if it is there; our server never splits one."""
        if len(self.received) < 2:
            return None
        length, start = self.received[1] & 0x7F, 2
        if length == 126:
            length, start = int.from_bytes(self.received[2:4], "big"), 4
        if len(self.received) < start + length:
            return None
        text = self.received[start : start + length].decode(errors="replace")
        del self.received[: start + length]
        return text

    def _hear(self, text: str) -> None:
        if text == "2":
            self.say("3")
        elif text.startswith("0"):
            self.say("40")
        elif text.startswith("40"):
            self.subscribe_first()
        elif text.startswith("43"):
            if not self.ready.done():
                self.ready.set_result(None)
        elif text.startswith('42["changed"') and self.rung is not None and not self.rung.done():
            heard = json.loads(text[2:])[1]
            if heard["topic"] == self.topic:
                self.rung.set_result((time.monotonic(), heard.get("position")))

    def subscribe_first(self) -> None:
        self.say("420" + json.dumps(["subscribe", {"topics": [self.topic]}]))


class Page:
    """A connection that stays open, for posting and fetching as a browser does."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> "Page":
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def ask(self, question: str) -> tuple[int, bytes]:
        self.writer.write(question.encode("latin-1"))
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = int(head.lower().split("content-length:")[1].split("\r\n")[0])
        return int(head[9:12]), await self.reader.readexactly(length)


class Crowd:
    """All browsers of a run; the last one looks at the record on which is written."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = given
        self.browsers: list[Browser] = []
        self.manager = socketio.RedisManager(
            given["redis_url"], channel=given["channel"], write_only=True
        )

    async def open(self) -> dict[str, Any]:
        """So many sockets, each on a record of its own, and one on the record at hand."""
        begun = time.monotonic()
        topics = [f"record:{number}" for number in range(1000, 1000 + self.given["count"] - 1)]
        topics.append(self.topic)
        for at in range(0, len(topics), AT_ONCE):
            opened = [
                self._one(number, topic)
                for number, topic in enumerate(topics[at : at + AT_ONCE], start=at)
            ]
            self.browsers += await asyncio.gather(*opened)
        return {"seconds": time.monotonic() - begun, "open": len(self.browsers)}

    async def _one(self, number: int, topic: str) -> Browser:
        given = self.given
        cookie = given["cookies"][number % len(given["cookies"])]
        upgrade = UPGRADE.format(port=given["port"], origin=given["origin"], cookie=cookie)
        loop = asyncio.get_running_loop()
        _transport, browser = await loop.create_connection(
            lambda: Browser(upgrade, topic), "127.0.0.1", given["port"]
        )
        await asyncio.wait_for(browser.ready, PATIENCE)
        return browser

    @property
    def topic(self) -> str:
        return f"record:{self.given['record_id']}"

    async def ring(self, samples: int) -> dict[str, Any]:
        """Milliseconds from a note to the other browser's ring and to what it fetched then, and
        from a bare emit to its ring."""
        posting, fetching = [await Page.open(self.given["web_port"]) for _ in range(2)]
        rung, fetched, bare = [], [], []
        for _ in range(samples):
            listening = self.browsers[-1].listen()
            begun = time.monotonic()
            posted = asyncio.ensure_future(posting.ask(self.given["note"]))
            heard, position = await asyncio.wait_for(listening, PATIENCE)
            status, content = await fetching.ask(self.given["fetch"] % (position - 1))
            done = time.monotonic()
            assert (await posted)[0] == 201
            assert status == 200
            assert b"<li" in content or b"<article" in content
            rung.append((heard - begun) * 1000)
            fetched.append((done - begun) * 1000)
            await asyncio.sleep(BETWEEN)
            bare.append(await self._emit([self.browsers[-1]]))
            await asyncio.sleep(BETWEEN)
        return {"rung": rung, "fetched": fetched, "bare": bare}

    async def gather(self) -> dict[str, Any]:
        """Everybody comes to the one record."""
        for at in range(0, len(self.browsers) - 1, AT_ONCE):
            some = self.browsers[at : at + AT_ONCE]
            for browser in some:
                browser.subscribe(self.topic)
            await asyncio.wait_for(asyncio.gather(*(b.ready for b in some)), PATIENCE)
        return {"gathered": len(self.browsers)}

    async def last(self, samples: int) -> dict[str, Any]:
        """Milliseconds until the last of all is rung: after a note, and after a bare emit."""
        page, rung, bare = await Page.open(self.given["web_port"]), [], []
        for _ in range(samples):
            listening = [browser.listen() for browser in self.browsers]
            begun = time.monotonic()
            posted = asyncio.ensure_future(page.ask(self.given["note"]))
            heard = await asyncio.wait_for(asyncio.gather(*listening), PATIENCE)
            assert (await posted)[0] == 201
            rung.append((max(moment for moment, _position in heard) - begun) * 1000)
            await asyncio.sleep(0.2)
            bare.append(await self._emit(self.browsers))
            await asyncio.sleep(0.2)
        return {"rung": statistics.median(rung), "bare": statistics.median(bare)}

    async def _emit(self, browsers: list[Browser]) -> float:
        listening = [browser.listen() for browser in browsers]
        begun = time.monotonic()
        self.manager.emit("changed", {"topic": self.topic, "position": 1}, room=self.given["room"])
        heard = await asyncio.wait_for(asyncio.gather(*listening), PATIENCE)
        return (max(moment for moment, _position in heard) - begun) * 1000


async def main() -> None:
    loop = asyncio.get_running_loop()
    crowd = Crowd(json.loads(sys.stdin.readline()))
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        name, *values = json.loads(line)
        print(json.dumps(await getattr(crowd, name)(*values)), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
