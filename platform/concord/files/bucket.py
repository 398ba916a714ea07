"""Contents in a bucket that speaks S3. Nobody outside is given its addresses: we pass them on,
after our own permission check, so that removed access ends at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from tempfile import SpooledTemporaryFile
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from concord.files.measuring import CHUNK, Measured, Missing

IN_MEMORY = 1024 * 1024
CONFIG = Config(
    connect_timeout=5,
    read_timeout=30,
    retries={"max_attempts": 3, "mode": "standard"},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class NoAnswer(OSError):
    """The bucket did not take or give what was asked."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket and the prefix of all keys in it."""

    client: Any
    name: str
    prefix: str

    @classmethod
    def of(cls, url: str) -> "Bucket":
        """`s3://bucket/prefix?endpoint=https://…&region=…`; `key:secret@` may stand before it.

        Without them the usual AWS_… variables say who asks.
        """
        parts = urlsplit(url)
        options = parse_qs(parts.query)
        client = boto3.client(
            "s3",
            endpoint_url=options.get("endpoint", [None])[0],
            region_name=options.get("region", ["us-east-1"])[0],
            aws_access_key_id=unquote(parts.username) if parts.username else None,
            aws_secret_access_key=unquote(parts.password) if parts.password else None,
            config=CONFIG,
        )
        prefix = parts.path.strip("/")
        return cls(client, parts.hostname or "", f"{prefix}/" if prefix else "")

    def put(self, key: str, content: Measured) -> None:
        """Read to its end before a byte goes out: what is too large never arrives."""
        with SpooledTemporaryFile(max_size=IN_MEMORY) as spooled:
            while piece := content.read(CHUNK):
                spooled.write(piece)
            spooled.seek(0)
            self._ask(
                "put_object",
                Key=self.prefix + key,
                Body=spooled,
                ContentLength=content.size,
                ContentType="application/octet-stream",
            )

    def pieces(self, key: str) -> Iterator[bytes]:
        try:
            body = self._ask("get_object", Key=self.prefix + key)["Body"]
        except NoAnswer as error:
            raise Missing(key) from error
        pieces: Iterator[bytes] = body.iter_chunks(CHUNK)
        return pieces

    def holds(self, key: str) -> bool:
        try:
            self._ask("head_object", Key=self.prefix + key)
        except NoAnswer:
            return False
        return True

    def remove(self, key: str) -> None:
        self._ask("delete_object", Key=self.prefix + key)

    def older_than(self, moment: float) -> Iterator[list[str]]:
        ended = datetime.fromtimestamp(moment, UTC)
        pages = self.client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self.name, Prefix=self.prefix):
            found = page.get("Contents", ())
            yield [
                item["Key"].removeprefix(self.prefix)
                for item in found
                if item["LastModified"] < ended
            ]

    def _ask(self, operation: str, **arguments: Any) -> Any:
        try:
            return getattr(self.client, operation)(Bucket=self.name, **arguments)
        except (BotoCoreError, ClientError) as error:
            raise NoAnswer(f"{operation}: {error}") from error
